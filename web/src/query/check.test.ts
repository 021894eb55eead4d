import { EditorState } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { describe, expect, it, vi } from "vitest";

vi.stubGlobal("document", { documentElement: { lang: "en" } });
const { diagnosticOf, withDeclaration } = await import("./check");

const BASE = "https://w3id.org/guanlian/";
const KNOWN = new Map([["gl", `${BASE}ns#`]]);

function told(query: string, column: number) {
  const state = EditorState.create({ doc: query });
  const problem = { title: "Malformed query", detail: "", line: 1, column };
  return withDeclaration(diagnosticOf(problem, state.doc), query, BASE, KNOWN);
}

/** The query after the first thing that a diagnostic offers has been done. */
function putRight(query: string, column: number): string {
  const state = EditorState.create({ doc: query });
  let after = query;
  const view = { dispatch: (change: object) => (after = state.update(change).state.doc.toString()) };
  told(query, column).actions?.[0]?.apply(view as unknown as EditorView, 0, 0);
  return after;
}

describe("a prefix that is not declared", () => {
  it("is declared on request when the vocabulary knows it", () => {
    const query = "SELECT * { ?o gl:item ?i }";
    expect(told(query, 15).actions?.map((each) => each.name)).toEqual(["Declare gl:"]);
    expect(putRight(query, 15)).toBe(`PREFIX gl: <${BASE}ns#>\n${query}`);
  });

  it("stays an error when nobody knows it, and other errors offer nothing", () => {
    expect(told("SELECT * { ?o x:item ?i }", 15).actions).toBeUndefined();
    expect(told("SELECT * { ?o gl:item }", 23).actions).toBeUndefined();
  });
});
