import { describe, expect, it } from "vitest";
import type { Table, Term } from "./answer";
import { charted } from "./charted";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const text = (value: string): Term => ({ kind: "literal", value });
const year = (value: string): Term => ({ kind: "literal", value, datatype: `${XSD}gYear` });
const number = (value: number): Term => ({ kind: "literal", value: String(value), datatype: `${XSD}decimal` });
const iri = (value: string): Term => ({ kind: "iri", value });
const table = (variables: string[], rows: Term[][]): Table => ({ kind: "rows", variables, rows, truncated: null });
const value = (term: Term) => term.value;

describe("the chart of an answer", () => {
  it("makes the series that are drawn, not one for each of ten thousand rows", () => {
    const rows = Array.from({ length: 10_000 }, (_, place) => [text(`kind ${place % 2}`), iri(`x:${place}`), number(1)]);
    const drawn = charted(table(["kind", "thing", "n"], rows), value);
    expect(drawn?.series).toHaveLength(6);
    expect(drawn?.all).toEqual({ categories: 2, series: 10_000 });
  }, 2000);

  it("has a bar for each name, which is taken before an IRI", () => {
    const answer = table(["office", "name", "functions"], [[iri("x:a"), text("甲局"), number(3)], [iri("x:b"), text("乙局"), number(2)]]);
    expect(charted(answer, value)).toEqual({
      kind: "bar",
      categories: ["甲局", "乙局"],
      series: [{ name: "functions", values: [3, 2] }],
      measure: "functions",
      all: { categories: 2, series: 1 },
    });
  });

  it("has a line for each thing over the years, in their order, with gaps", () => {
    const answer = table(["year", "name", "amount"], [[year("2023"), text("甲"), number(5)], [year("2022"), text("甲"), number(4)], [year("2023"), text("乙"), number(1)]]);
    expect(charted(answer, value)).toMatchObject({
      kind: "line",
      categories: ["2022", "2023"],
      series: [{ name: "甲", values: [4, 5] }, { name: "乙", values: [null, 1] }],
    });
  });

  it("has a bar for each row where several are of the same year and name, so that none hides another", () => {
    const answer = table(["year", "name", "amount"], [[year("2023"), text("甲"), number(5)], [year("2023"), text("甲"), number(4)]]);
    expect(charted(answer, value)).toMatchObject({
      kind: "bar",
      categories: ["2023 甲", "2023 甲"],
      series: [{ name: "amount", values: [5, 4] }],
    });
  });

  it("is none without numbers, or with nothing but them", () => {
    expect(charted(table(["a"], [[text("x")]]), value)).toBeNull();
    expect(charted(table(["a"], [[number(1)]]), value)).toBeNull();
    expect(charted(table(["a", "b"], []), value)).toBeNull();
  });
});
