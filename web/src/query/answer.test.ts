import { describe, expect, it } from "vitest";
import { answerOfJson, answerOfTriples } from "./answer";

describe("an answer", () => {
  it("in SPARQL JSON has its terms by variable, unbound ones too", () => {
    const text = JSON.stringify({
      head: { vars: ["x", "n"] },
      results: {
        bindings: [
          { x: { type: "uri", value: "http://a/b" } },
          { x: { type: "literal", value: "教育", "xml:lang": "zh" }, n: { type: "literal", value: "1", datatype: "http://www.w3.org/2001/XMLSchema#integer" } },
        ],
      },
      truncated: { rows: 2, next: null },
    });
    expect(answerOfJson(text)).toEqual({
      kind: "rows",
      variables: ["x", "n"],
      rows: [
        [{ kind: "iri", value: "http://a/b" }, { kind: "unbound", value: "" }],
        [
          { kind: "literal", value: "教育", language: "zh" },
          { kind: "literal", value: "1", datatype: "http://www.w3.org/2001/XMLSchema#integer" },
        ],
      ],
      truncated: { rows: 2, next: null },
    });
  });

  it("of ASK is yes or no", () => {
    expect(answerOfJson('{"head":{},"boolean":false}')).toEqual({ kind: "boolean", value: false });
  });

  it("in N-Triples is a graph, with what was escaped", () => {
    const text = '<http://a/b> <http://a/p> "one \\"\\u4E2D\\"\\n"@zh-Hans .\n_:b0 <http://a/p> "1"^^<http://t> .\n\n';
    expect(answerOfTriples(text).rows).toEqual([
      [
        { kind: "iri", value: "http://a/b" },
        { kind: "iri", value: "http://a/p" },
        { kind: "literal", value: 'one "中"\n', language: "zh-Hans" },
      ],
      [
        { kind: "blank", value: "_:b0" },
        { kind: "iri", value: "http://a/p" },
        { kind: "literal", value: "1", datatype: "http://t" },
      ],
    ]);
  });
});
