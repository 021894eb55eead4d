import { describe, expect, it } from "vitest";
import { readAtMost, wholeLines, wholeSolutions } from "./cut";

const SOLUTION = { x: { type: "literal", value: 'a"},{"b' }, y: { type: "uri", value: "http://a/b" } };
const JSON_TEXT = JSON.stringify({ head: { vars: ["x", "y"] }, results: { bindings: [SOLUTION, SOLUTION, SOLUTION] } });

function streamed(...parts: string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
      controller.close();
    },
  });
}

describe("an answer that is too large", () => {
  it("is cut behind the last whole solution, wherever it breaks off", () => {
    for (let length = JSON_TEXT.length - 1; length > JSON_TEXT.length / 2; length--) {
      const closed = wholeSolutions(JSON_TEXT.slice(0, length));
      const { bindings } = JSON.parse(closed ?? "{}").results as { bindings: unknown[] };
      expect(bindings.length).toBeGreaterThan(0);
      expect(bindings.every((each) => JSON.stringify(each) === JSON.stringify(SOLUTION))).toBe(true);
    }
  });

  it("has no whole solution when it breaks off in the first", () => {
    expect(wholeSolutions('{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"lit')).toBeNull();
  });

  it("is cut behind a whole line of triples", () => {
    expect(wholeLines("<a> <b> <c> .\n<d> <e")).toBe("<a> <b> <c> .\n");
  });

  it("is not read to its end", async () => {
    expect(await readAtMost(streamed("教育", "支出", "more"), 7)).toEqual({ text: "教育支出", isCut: true });
    expect(await readAtMost(streamed("教育", "支出"), 100)).toEqual({ text: "教育支出", isCut: false });
  });
});
