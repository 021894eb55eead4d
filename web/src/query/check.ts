// Whether a query is well formed, as the server's own parser says; asked while one writes.

import type { Diagnostic } from "@codemirror/lint";
import type { Text } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { declaration, prologueOf } from "./prologue";
import { tokensOf } from "./tokens";
import { isChinese, words } from "./words";

/** Why a query has no answer; `line` and `column` count from 1. */
export interface Problem {
  title: string;
  detail: string;
  line?: number | undefined;
  column?: number | undefined;
}

interface Malformed {
  zh: string;
  en: string;
  line: number | null;
  column: number | null;
}

/** The problem of a query; null when it is well formed or nothing can be said. */
export async function malformed(query: string): Promise<Problem | null> {
  const response = await fetch("/api/query-check", {
    method: "POST",
    headers: { "Content-Type": "application/sparql-query", Accept: "application/json" },
    body: query,
  }).catch(() => null);
  if (!response?.ok) return null;
  const { malformed: found } = (await response.json()) as { malformed: Malformed | null };
  if (found === null) return null;
  const detail = (isChinese && found.zh) || found.en;
  return { title: words.malformed, detail, line: found.line ?? undefined, column: found.column ?? undefined };
}

/** The place of a problem in a text: from where the parser stopped to the end of the word there. */
export function diagnosticOf(problem: Problem, text: Text): Diagnostic {
  const line = text.line(Math.min(Math.max(problem.line ?? text.lines, 1), text.lines));
  const at = Math.min(line.from + codeUnits(line.text, (problem.column ?? 1) - 1), line.to);
  const word = /^(?:[^\s{}()[\],;.]+|\S)/u.exec(line.text.slice(at - line.from));
  const to = at + (word?.[0].length ?? 0);
  return { from: to > at ? at : Math.max(at - 1, line.from), to, severity: "error", message: problem.detail };
}

/** A diagnostic that can put right what it tells, where that is a prefix that is not declared but `known`. */
export function withDeclaration(found: Diagnostic, query: string, base: string, known: Map<string, string>): Diagnostic {
  const { namespaces, end } = prologueOf(query, base);
  const name = undeclared(found, query, namespaces);
  if (name === null || !known.has(name)) return found;
  const apply = (view: EditorView) => view.dispatch({ changes: { from: end, insert: declaration(name, known) }, userEvent: "input.declare" });
  return { ...found, actions: [{ name: words.declare(name), apply }] };
}

/** The prefix at the place of a diagnostic that is not declared; null without one. */
function undeclared({ from, to }: Diagnostic, query: string, namespaces: Map<string, string>): string | null {
  const names = tokensOf(query).filter((token) => token.kind === "name" && !namespaces.has(prefixOf(token.text)));
  const here = names.find((token) => token.from < to && from < token.to) ?? null;
  return here && prefixOf(here.text);
}

function prefixOf(name: string): string {
  return name.slice(0, name.indexOf(":"));
}

/** The server counts characters, the editor UTF-16 code units. */
function codeUnits(text: string, characters: number): number {
  return [...text].slice(0, characters).join("").length;
}
