// What may be written next: from the vocabulary of this graph, its concepts and offices, and the query itself.

import { pickedCompletion, type Completion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";
import { FUNCTIONS, KEYWORDS } from "./language";
import { placeAfter, type Place } from "./place";
import { iriOf, prologueOf, writtenName, type Prologue } from "./prologue";
import { tokensOf } from "./tokens";
import { conceptsNamed, officesNamed, vocabulary, type Concept, type Term, type Vocabulary } from "./vocabulary";
import { isChinese, words } from "./words";

const RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const MOST = 60;
const MOST_CONCEPTS = 40;
const MOST_OFFICES = 8;
const BEING_WRITTEN = /[?$]?[\p{L}\p{N}_][\p{L}\p{N}_.:-]*$|[?$]$|:[\p{L}\p{N}_.-]*$/u;

/** What one completion is made with. */
interface Writing {
  base: string;
  part: string;
  place: Place;
  prologue: Prologue;
  known: Vocabulary;
}

/** The source of completions; relative IRIs of the query stand under `base`. */
export function completions(base: string): (context: CompletionContext) => Promise<CompletionResult | null> {
  return async (context) => {
    const query = context.state.doc.toString();
    const written = context.matchBefore(BEING_WRITTEN);
    const part = written?.text ?? "";
    const from = written?.from ?? context.pos;
    if ((part === "" && !context.explicit) || isInText(query, from)) return null;
    const known = await vocabulary();
    const place = placeAfter(query.slice(0, from));
    const writing = { base, part, place, prologue: prologueOf(query, base), known };
    const options = await offered(writing, query, from);
    return context.aborted || options.length === 0 ? null : { from, options, filter: false };
  };
}

async function offered(writing: Writing, query: string, from: number): Promise<Completion[]> {
  const { part, place } = writing;
  if (/^[?$]/.test(part)) return variables(query, part, from);
  switch (place.slot) {
    case "prefix":
      return prefixLines(writing);
    case "predicate":
      return named(writing, writing.known.properties, "property");
    case "object":
      return [...(await values(writing)), ...keywords(part, query, from)];
    case "subject":
      return [...keywords(part, query, from), ...(await offices(writing))];
    default:
      return [...keywords(part, query, from), ...searchFunctions(writing), ...(await concepts(writing, null))];
  }
}

/** The values of the property: classes after `a`, the concepts of its code list, else whatever is called so. */
async function values(writing: Writing): Promise<Completion[]> {
  const { place, prologue, base, known } = writing;
  // A prefix that is typed by hand and not declared yet means what it mostly does.
  const namespaces = new Map([...known.prefixes, ...prologue.namespaces]);
  const property = place.property === null ? null : iriOf(place.property, { ...prologue, namespaces }, base);
  if (property === RDF_TYPE) return named(writing, known.classes, "class");
  const codeList = known.properties.find((term) => term.iri === property)?.code_list ?? null;
  if (codeList !== null) return concepts(writing, codeList);
  return [...(await offices(writing)), ...(await concepts(writing, null))];
}

/** Terms whose name or label has the part in it: those that begin so first, then those that are used most. */
function named(writing: Writing, terms: Term[], type: string): Completion[] {
  const wanted = writing.part.toLowerCase();
  const found = terms.flatMap((term) => {
    const written = writtenName(term.iri, writing.prologue, writing.known.prefixes);
    const names = [written.text, written.text.split(":").pop() ?? "", term.zh, term.en].map((name) => name.toLowerCase());
    if (!names.some((name) => name.includes(wanted))) return [];
    return [{ term, written, begins: names.some((name) => name.startsWith(wanted)) }];
  });
  found.sort((one, other) => Number(other.begins) - Number(one.begins) || (other.term.uses ?? 0) - (one.term.uses ?? 0));
  return found.slice(0, MOST).map(({ term, written }) => ({
    ...option(writing, term.iri, label(term), type),
    ...information(isChinese ? term.definition_zh || term.definition_en : term.definition_en || term.definition_zh, term),
    label: written.text,
  }));
}

/** The functions of text search, which are the server's own. */
function searchFunctions(writing: Writing): Completion[] {
  const [, wanted = ""] = /^(?:fn:)?(.*)$/.exec(writing.part.toLowerCase()) ?? [];
  const fitting = Object.entries(words.searchFunctions).filter(([name]) => name.startsWith(wanted));
  return writing.part === "" ? [] : fitting.map(([name, does]) => option(writing, `${writing.base}fn#${name}`, does, "function"));
}

function information(definition: string, term: Term): Pick<Completion, "info"> {
  const used = term.uses ? words.uses(term.uses) : "";
  const told = [definition, used].filter(Boolean).join(isChinese ? "　" : " · ");
  return told ? { info: told } : {};
}

async function concepts(writing: Writing, codeList: string | null): Promise<Completion[]> {
  const part = writing.part.includes(":") ? (writing.part.split(":").pop() ?? "") : writing.part;
  if (codeList === null && !isName(part)) return [];
  const found = await conceptsNamed(part, codeList, MOST_CONCEPTS).catch((): Concept[] => []);
  return found.map((concept) => option(writing, concept.iri, label(concept), "constant"));
}

async function offices(writing: Writing): Promise<Completion[]> {
  if (!isName(writing.part) || writing.part.includes(":")) return [];
  const found = await officesNamed(writing.part, MOST_OFFICES).catch(() => []);
  return found.map((office) => ({ ...option(writing, office.iri, words.office, "namespace"), label: office.title }));
}

/** Two letters or one Chinese character are enough to look for a name. */
function isName(part: string): boolean {
  return /\p{Script=Han}/u.test(part) || /[\p{L}\p{N}]{2}/u.test(part);
}

function label(named: { zh: string; en: string }): string {
  const both = isChinese ? [named.zh, named.en] : [named.en, named.zh];
  return both.filter(Boolean).join(" · ");
}

/** An option that writes an IRI, with the declaration of its prefix where there is none. */
function option(writing: Writing, iri: string, detail: string, type: string): Completion {
  const { text, declaration } = writtenName(iri, writing.prologue, writing.known.prefixes);
  return {
    label: text,
    detail,
    type,
    apply: (view: EditorView, completion: Completion, from: number, to: number) =>
      write(view, completion, from, to, text, declaration, writing.prologue.end),
  };
}

function write(
  view: EditorView,
  completion: Completion,
  from: number,
  to: number,
  text: string,
  declaration: string,
  end: number,
): void {
  const declared = declaration === "" ? [] : [{ from: Math.min(end, from), insert: declaration }];
  view.dispatch({
    changes: [...declared, { from, to, insert: text }],
    selection: { anchor: from + declaration.length + text.length },
    scrollIntoView: true,
    userEvent: "input.complete",
    annotations: pickedCompletion.of(completion),
  });
}

function prefixLines(writing: Writing): Completion[] {
  const part = writing.part.replace(/:$/, "");
  return [...writing.known.prefixes]
    .filter(([prefix]) => prefix.startsWith(part) && !writing.prologue.namespaces.has(prefix))
    .map(([prefix, namespace]) => ({ label: `${prefix}: <${namespace}>`, type: "namespace" }));
}

/** The variables of the query, the one that is being written left out. */
function variables(query: string, part: string, from: number): Completion[] {
  const used = tokensOf(query).filter((token) => token.kind === "variable" && token.from !== from);
  const names = [...new Set(used.map((token) => token.text))].filter((name) => name.startsWith(part));
  return names.sort().map((name) => ({ label: name, type: "variable", detail: words.variable }));
}

function keywords(part: string, query: string, from: number): Completion[] {
  if (part === "") return variables(query, "?", from);
  const wanted = part.toUpperCase();
  const fitting = (word: string) => word.toUpperCase().startsWith(wanted);
  return [
    ...KEYWORDS.filter(fitting).map((word) => ({ label: word, type: "keyword" })),
    ...FUNCTIONS.filter(fitting).map((word) => ({ label: word, type: "function", apply: `${word}(` })),
  ];
}

/** Whether a place is inside of a comment, a string or an IRI. */
function isInText(query: string, at: number): boolean {
  const around = tokensOf(query).find((token) => token.from < at && at <= token.to);
  return around !== undefined && ["comment", "string", "iri"].includes(around.kind) && !isEnd(around.text, around.to, at);
}

function isEnd(text: string, to: number, at: number): boolean {
  return at === to && text.length > 1 && /[>"']$/.test(text);
}
