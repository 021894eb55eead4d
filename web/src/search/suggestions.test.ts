import { expect, test } from "vitest";
import { grouped, inLanguage, pieces, suggestion, type Hit } from "./suggestions";

const OFFICE: Hit = {
  kind: "office", iri: "urn:o", link: "/offices/o", title: { text: "示例市教育局", marks: [{ start: 3, end: 5 }] },
  snippet: { text: "教育局", marks: [] }, office: null, sentence: null,
};
const SENTENCE: Hit = {
  kind: "sentence", iri: "urn:s", link: "/id/s", title: { text: "2022年度决算", marks: [] },
  snippet: { text: "教育支出3万元", marks: [] }, office: { name: "示例市教育局", link: "/offices/o" },
  sentence: { link: "/documents/d#char=1,8", document: { name: "2022年度决算", link: "/documents/d" } },
};

test("what has a name is told by it, a statement by its words and its office", () => {
  expect(suggestion(OFFICE)).toMatchObject({ words: OFFICE.title, about: "", link: "/offices/o" });
  expect(suggestion(SENTENCE)).toMatchObject({
    words: SENTENCE.snippet, about: "示例市教育局", link: "/documents/d#char=1,8",
  });
});

test("kinds stay together in the order of their first", () => {
  const kinds = [SENTENCE, OFFICE, SENTENCE].map(suggestion);
  expect(grouped(kinds).map((group) => group.map((one) => one.kind))).toEqual([["sentence", "sentence"], ["office"]]);
});

test("marks count code points, not UTF-16 units", () => {
  expect(pieces({ text: "𠮷教育局", marks: [{ start: 1, end: 3 }] })).toEqual([["𠮷", false], ["教育", true], ["局", false]]);
  expect(pieces({ text: "", marks: [] })).toEqual([]);
});

test("addresses stay in the language of the page", () => {
  expect(inLanguage("/offices", "/en/compare")).toBe("/en/offices");
  expect(inLanguage("/en/offices", "/en/compare")).toBe("/en/offices");
  expect(inLanguage("/offices", "/zh")).toBe("/zh/offices");
  expect(inLanguage("/offices", "/enquiry")).toBe("/offices");
});
