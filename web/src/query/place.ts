// Where in a query one writes: which part of a triple, and with which property before it.

import { tokensOf, type Token } from "./tokens";

export type Slot = "subject" | "predicate" | "object" | "prefix" | "elsewhere";

/** A place in a query; `property` is the one whose value an object is. */
export interface Place {
  slot: Slot;
  property: string | null;
}

// Words in front of a bracket that holds no triples; after them a pattern begins anew.
const NO_TRIPLES = /^(filter|bind|values|having|by|limit|offset|select|as|service|graph|exists|in|not)$/i;
const PATH_SIGNS = new Set(["/", "|", "^", "!"]);
const TERMS = new Set<Token["kind"]>(["iri", "string", "variable", "name", "number", "word"]);
const IN_TRIPLES = ["subject", "predicate", "object"] as const;

/** What has been read of the group that one is in. */
interface Group {
  opening: string;
  slot: (typeof IN_TRIPLES)[number] | "elsewhere";
  property: string | null;
}

/** Where the end of a text is, the word that is being written left out. */
export function placeAfter(text: string): Place {
  const groups: Group[] = [{ opening: "", slot: "elsewhere", property: null }];
  let before: Token | null = null;
  for (const token of tokensOf(text)) {
    if (token.kind === "comment") continue;
    read(token, before, groups);
    before = token;
  }
  if (before?.kind === "word" && /^prefix$/i.test(before.text)) return { slot: "prefix", property: null };
  const { slot, property } = groups[groups.length - 1] as Group;
  return { slot, property: slot === "object" ? property : null };
}

function read(token: Token, before: Token | null, groups: Group[]): void {
  const group = groups[groups.length - 1] as Group;
  if (token.kind === "sign") readSign(token.text, before, groups, group);
  else if (token.kind === "word" && NO_TRIPLES.test(token.text)) group.slot = "elsewhere";
  else if (token.kind === "word" && isKeyword(token, group)) group.slot = "subject";
  else if (TERMS.has(token.kind)) readTerm(token, before, group);
}

/** A word in the place of a subject, or in capitals, is none of a triple: OPTIONAL, UNION, MINUS. */
function isKeyword(token: Token, group: Group): boolean {
  return group.slot === "subject" || (token.text.length > 1 && token.text === token.text.toUpperCase());
}

function readSign(sign: string, before: Token | null, groups: Group[], group: Group): void {
  if (sign === "{") groups.push({ opening: sign, slot: "subject", property: null });
  else if (sign === "[") groups.push({ opening: sign, slot: "predicate", property: null });
  else if (sign === "(") groups.push({ opening: sign, slot: slotInBrackets(before, group), property: group.property });
  else if (sign === "}" || sign === "]" || sign === ")") close(groups, sign);
  else if (group.slot === "elsewhere" && group.opening !== "{") return;
  else if (sign === ".") group.slot = "subject";
  else if (sign === ";") group.slot = "predicate";
  else if (sign === ",") group.slot = "object";
  else if (PATH_SIGNS.has(sign) && group.slot === "object") group.slot = "predicate";
}

/** Brackets hold a path, a list, or an expression. */
function slotInBrackets(before: Token | null, group: Group): Group["slot"] {
  return before?.kind === "word" ? "elsewhere" : group.slot;
}

function close(groups: Group[], sign: string): void {
  if (groups.length === 1) return;
  groups.pop();
  const group = groups[groups.length - 1] as Group;
  if (sign === "}" || group.slot === "elsewhere") group.slot = group.opening === "{" ? "subject" : "elsewhere";
  else if (group.slot === "subject") group.slot = "predicate";
  else if (group.slot === "predicate") group.slot = "object";
}

function readTerm(token: Token, before: Token | null, group: Group): void {
  if (before?.text === "^^") return;
  if (group.slot === "subject") group.slot = "predicate";
  else if (group.slot === "predicate") {
    group.slot = "object";
    group.property = token.text;
  }
}
