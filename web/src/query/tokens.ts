// The tokens of a query that is being written: whatever is unfinished is a token, too.

export type Kind = "comment" | "iri" | "string" | "variable" | "name" | "language" | "number" | "word" | "sign";

/** A token, `text.slice(from, to)` of the query. */
export interface Token {
  kind: Kind;
  text: string;
  from: number;
  to: number;
}

const PARTS: [Kind, string][] = [
  ["comment", String.raw`#[^\r\n]*`],
  ["iri", String.raw`<[^<>"{}|^\x60\\\s]*(?:>|$)`],
  ["string", String.raw`"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:\\.|[^"\\\r\n])*"?|'(?:\\.|[^'\\\r\n])*'?`],
  ["variable", String.raw`[?$][\p{L}_][\p{L}\p{N}_]*`],
  ["name", String.raw`(?:[\p{L}_][\p{L}\p{N}_.\-]*)?:(?:[\p{L}\p{N}_:](?:[\p{L}\p{N}_:.\-]*[\p{L}\p{N}_:\-])?)?`],
  ["language", String.raw`@[A-Za-z]+(?:-[A-Za-z0-9]+)*`],
  ["number", String.raw`\d+(?:\.\d+)?(?:[eE][+-]?\d+)?`],
  ["word", String.raw`[\p{L}_][\p{L}\p{N}_\-]*`],
  ["sign", String.raw`<<\(?|\)>>|\^\^|&&|\|\||[!<>]=|[^\s]`],
];
const TOKEN = new RegExp(PARTS.map(([kind, pattern]) => `(?<${kind}>${pattern})`).join("|"), "gu");

/** The tokens of a text in their order. */
export function tokensOf(text: string): Token[] {
  const found: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const kind = PARTS.find(([name]) => match.groups?.[name] !== undefined)?.[0] ?? "sign";
    found.push({ kind, text: match[0], from: match.index, to: match.index + match[0].length });
  }
  return found;
}
