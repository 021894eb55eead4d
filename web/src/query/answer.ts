// The answer to a query, as it came from the server or stands in the page.

/** A term of an answer; `value` is the IRI or the lexical form. */
export interface Term {
  kind: "iri" | "literal" | "blank" | "triple" | "unbound";
  value: string;
  language?: string;
  datatype?: string;
}

/** Rows by variables, or triples as rows of three. */
export interface Table {
  kind: "rows" | "graph";
  variables: string[];
  rows: Term[][];
  /** How many rows were sent where there are more, and the query for those that follow. */
  truncated: { rows: number; next: string | null } | null;
}

export interface Yes {
  kind: "boolean";
  value: boolean;
}

export type Answer = Table | Yes;

export const UNBOUND: Term = { kind: "unbound", value: "" };
const NUMBER = /^http:\/\/www\.w3\.org\/2001\/XMLSchema#(integer|decimal|double|float|int|long|nonNegativeInteger)$/;
const TRIPLE = ["subject", "predicate", "object"];
const STRING = "http://www.w3.org/2001/XMLSchema#string";

/** Whether a term is a number. */
export function isNumber(term: Term): boolean {
  return term.kind === "literal" && NUMBER.test(term.datatype ?? "");
}

interface JsonTerm {
  type: string;
  value: unknown;
  "xml:lang"?: string;
  datatype?: string;
}

interface JsonResults {
  head: { vars?: string[] };
  boolean?: boolean;
  results?: { bindings: Record<string, JsonTerm>[] };
  truncated?: { rows: number; next: string | null };
}

/** An answer in SPARQL 1.1 Query Results JSON. */
export function answerOfJson(text: string): Answer {
  const { head, boolean, results, truncated } = JSON.parse(text) as JsonResults;
  if (boolean !== undefined) return { kind: "boolean", value: boolean };
  const variables = head.vars ?? [];
  const rows = (results?.bindings ?? []).map((binding) => variables.map((name) => termOfJson(binding[name])));
  return { kind: "rows", variables, rows, truncated: truncated ?? null };
}

function termOfJson(term: JsonTerm | undefined): Term {
  if (term === undefined) return UNBOUND;
  if (term.type === "triple") return { kind: "triple", value: tripleText(term.value as Record<string, JsonTerm>) };
  const value = String(term.value);
  if (term.type === "uri") return { kind: "iri", value };
  if (term.type === "bnode") return { kind: "blank", value: `_:${value}` };
  return literal(value, term["xml:lang"], term.datatype);
}

function tripleText(parts: Record<string, JsonTerm>): string {
  const texts = TRIPLE.map((name) => termOfJson(parts[name]).value);
  return `<< ${texts.join(" ")} >>`;
}

function literal(value: string, language?: string, datatype?: string): Term {
  return {
    kind: "literal",
    value,
    ...(language ? { language } : {}),
    ...(datatype && datatype !== STRING ? { datatype } : {}),
  };
}

const N_TRIPLE = /^\s*(<[^>]*>|_:\S+)\s+(<[^>]*>)\s+(.+?)\s*\.\s*$/u;
const N_LITERAL = /^"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?$/u;

/** An answer in RDF 1.1 N-Triples. */
export function answerOfTriples(text: string): Table {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const rows = lines.map((line) => N_TRIPLE.exec(line)?.slice(1, 4).map(termOfNTriples) ?? [UNBOUND, UNBOUND, UNBOUND]);
  return { kind: "graph", variables: TRIPLE, rows, truncated: null };
}

function termOfNTriples(text: string): Term {
  if (text.startsWith("<") && !text.startsWith("<<")) return { kind: "iri", value: unescaped(text.slice(1, -1)) };
  if (text.startsWith("_:")) return { kind: "blank", value: text };
  const found = N_LITERAL.exec(text);
  return found === null ? { kind: "triple", value: text } : literal(unescaped(found[1] ?? ""), found[2], found[3]);
}

const ESCAPES: Record<string, string> = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/gu, (_, short, long, one) =>
    one === undefined ? String.fromCodePoint(parseInt(short ?? long, 16)) : (ESCAPES[one] ?? one),
  );
}

/** The answer that the server wrote into the page; null when there is none. */
export function answerOfPage(place: HTMLElement): Table | null {
  const section = place.querySelector<HTMLElement>("section[data-kind]");
  const table = section?.querySelector("table");
  if (!section || !table) return null;
  return {
    kind: section.dataset.kind === "graph" ? "graph" : "rows",
    variables: [...table.querySelectorAll("thead th")].map((cell) => cell.textContent.trim()),
    rows: [...table.querySelectorAll("tbody tr")].map((row) => [...row.children].map(termOfCell)),
    truncated: section.dataset.truncated === undefined ? null : { rows: table.tBodies[0]?.rows.length ?? 0, next: null },
  };
}

function termOfCell(cell: Element): Term {
  const link = cell.querySelector<HTMLElement>("a, span.iri");
  if (link) return { kind: "iri", value: link.title };
  const code = cell.querySelector("code");
  if (code) return { kind: code.textContent.startsWith("_:") ? "blank" : "triple", value: code.textContent };
  const span = cell.querySelector<HTMLElement>("span.literal");
  return span ? literal(span.textContent, span.lang || undefined, span.dataset.datatype) : UNBOUND;
}
