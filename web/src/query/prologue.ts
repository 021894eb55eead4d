// The prefixes that a query declares, and names written with them.

import { tokensOf, type Token } from "./tokens";

/** The declared prefixes with their namespaces, and where another declaration can be put. */
export interface Prologue {
  namespaces: Map<string, string>;
  end: number;
}

/** A name for an IRI, and the declaration that it needs; empty when there is one. */
export interface WrittenName {
  text: string;
  declaration: string;
}

const LOCAL_NAME = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_-])?$/u;

/** The prologue of a query; relative namespaces stand under `base`. */
export function prologueOf(query: string, base: string): Prologue {
  const tokens = tokensOf(query).filter((token) => token.kind !== "comment");
  const namespaces = new Map<string, string>();
  let under = base;
  let at = 0;
  let end = tokens[0] ? startOfLine(query, tokens[0].from) : query.length;
  for (;;) {
    const [keyword, first, second] = tokens.slice(at, at + 3);
    if (isWord(keyword, "prefix") && first?.kind === "name" && second?.kind === "iri") {
      namespaces.set(first.text.slice(0, -1), resolved(second, under));
      [at, end] = [at + 3, second.to];
    } else if (isWord(keyword, "base") && first?.kind === "iri") {
      under = resolved(first, under);
      [at, end] = [at + 2, first.to];
    } else break;
  }
  return { namespaces, end: at > 0 ? startOfNextLine(query, end) : end };
}

/** An IRI as it is written in a query: with a declared prefix, with one of `known` that is declared then, or whole. */
export function writtenName(iri: string, prologue: Prologue, known: Map<string, string>): WrittenName {
  const declared = nameIn(iri, prologue.namespaces);
  if (declared !== null) return { text: declared, declaration: "" };
  const free = new Map([...known].filter(([prefix]) => !prologue.namespaces.has(prefix)));
  const name = nameIn(iri, free);
  if (name === null) return { text: `<${iri}>`, declaration: "" };
  return { text: name, declaration: declaration(name.slice(0, name.indexOf(":")), free) };
}

/** The line that declares a prefix. */
export function declaration(prefix: string, known: Map<string, string>): string {
  return `PREFIX ${prefix}: <${known.get(prefix) ?? ""}>\n`;
}

/** The IRI of a token: an IRI, a prefixed name or `a`; null for what is none. */
export function iriOf(text: string, prologue: Prologue, base: string): string | null {
  if (text === "a") return "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
  if (text.startsWith("<")) return new URL(text.slice(1, -1), base).href;
  const [prefix, ...local] = text.split(":");
  const namespace = local.length > 0 ? prologue.namespaces.get(prefix ?? "") : undefined;
  return namespace === undefined ? null : namespace + local.join(":");
}

/** The prefixed name with the longest namespace. */
function nameIn(iri: string, namespaces: Map<string, string>): string | null {
  const fitting = [...namespaces]
    .filter(([, namespace]) => namespace !== "" && iri.startsWith(namespace))
    .sort(([, one], [, other]) => other.length - one.length);
  for (const [prefix, namespace] of fitting) {
    if (LOCAL_NAME.test(iri.slice(namespace.length))) return `${prefix}:${iri.slice(namespace.length)}`;
  }
  return null;
}

function resolved(token: Token, base: string): string {
  try {
    return new URL(token.text.slice(1, -1), base).href;
  } catch {
    return token.text.slice(1, -1);
  }
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === "word" && token.text.toLowerCase() === word;
}

function startOfLine(text: string, at: number): number {
  return text.lastIndexOf("\n", at - 1) + 1;
}

function startOfNextLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end + 1;
}
