// Suggestions for what is being typed: asked of /api/search, grouped by kind.

export interface Mark { start: number; end: number }
export interface MarkedText { text: string; marks: Mark[] }
interface Named { name: string; link: string }

/** A hit of /api/search, as far as suggestions show it. */
export interface Hit {
  kind: string;
  iri: string;
  link: string;
  title: MarkedText;
  snippet: MarkedText | null;
  office: Named | null;
  sentence: { link: string; document: Named } | null;
}

export interface Suggestion { kind: string; words: MarkedText; about: string; link: string; iri: string }
export interface Suggestions { total: number; groups: Suggestion[][] }

/** What is named comes first; sentences are found with most words and would leave no room for it. */
const NAMED = ["office", "theme", "document", "project", "division", "internal-office", "concept"];
const SAID = ["function", "reason", "sentence", "definition", "indicator"];
const NAMED_SHOWN = 6;
const SAID_SHOWN = 4;
const OFFICES_SHOWN = 8;

/** Suggestions of pages for a text, or of offices alone. Rejects when the server does not answer. */
export async function suggest(text: string, officesOnly: boolean, signal: AbortSignal): Promise<Suggestions> {
  const answers = await Promise.all(
    officesOnly
      ? [ask(text, ["office"], OFFICES_SHOWN, signal)]
      : [ask(text, NAMED, NAMED_SHOWN, signal), ask(text, SAID, SAID_SHOWN, signal)],
  );
  const hits = answers.flatMap((answer) => answer.hits);
  return { total: answers.reduce((sum, answer) => sum + answer.total, 0), groups: grouped(hits.map(suggestion)) };
}

async function ask(q: string, kinds: string[], size: number, signal: AbortSignal): Promise<{ total: number; hits: Hit[] }> {
  const parameters = new URLSearchParams([["q", q], ["size", String(size)], ...kinds.map((kind) => ["kind", kind])]);
  const address = inLanguage(`/api/search?${parameters}`, location.pathname);
  const response = await fetch(address, { signal, headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`/api/search answered ${response.status}`);
  return response.json();
}

/** A hit as a line: what has a name by its name, a statement by its words and whose it is. */
export function suggestion(hit: Hit): Suggestion {
  const isSaid = SAID.includes(hit.kind) && hit.snippet !== null;
  return {
    kind: hit.kind,
    words: isSaid && hit.snippet ? hit.snippet : hit.title,
    about: hit.office?.name ?? (isSaid ? (hit.sentence?.document.name ?? "") : ""),
    link: SAID.includes(hit.kind) && hit.sentence ? hit.sentence.link : hit.link,
    iri: hit.iri,
  };
}

/** Suggestions of one kind together, the kinds in the order of their first. */
export function grouped(suggestions: Suggestion[]): Suggestion[][] {
  const groups = new Map<string, Suggestion[]>();
  for (const one of suggestions) groups.set(one.kind, [...(groups.get(one.kind) ?? []), one]);
  return [...groups.values()];
}

/** A text in pieces, each marked or not. Marks are counted in code points, as the API counts. */
export function pieces({ text, marks }: MarkedText): [string, boolean][] {
  const points = Array.from(text);
  const found: [string, boolean][] = [];
  let at = 0;
  for (const { start, end } of marks) {
    found.push([points.slice(at, start).join(""), false], [points.slice(start, end).join(""), true]);
    at = end;
  }
  found.push([points.slice(at).join(""), false]);
  return found.filter(([piece]) => piece !== "");
}

const LANGUAGE = /^\/(?:zh|en)(?=[/?#]|$)/;

/** A local address in the language that the address of the page asks for, if it does; one that is in a language
 * stays in it. */
export function inLanguage(path: string, pathOfPage: string): string {
  const language = LANGUAGE.exec(pathOfPage);
  return language && !LANGUAGE.test(path) ? language[0] + path : path;
}
