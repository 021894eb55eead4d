import { describe, expect, it } from "vitest";
import { programText, type Asked } from "./programs";

const ASKED: Asked = {
  endpoint: "http://localhost/sparql",
  page: "http://localhost/zh/sparql",
  query: 'SELECT ?x { ?x ?p """a\\nb""" }\nSPARQL\n# )-"',
  isGraph: false,
};

describe("a query for programs", () => {
  it("is a link from which the query is read again", () => {
    expect(new URL(programText("link", ASKED)).searchParams.get("query")).toBe(ASKED.query);
  });

  it("goes to curl between marks that are no line of it", () => {
    expect(programText("curl", ASKED)).toContain(`<<'SPARQL_'\n${ASKED.query}\nSPARQL_\n`);
  });

  it("is escaped for Python", () => {
    expect(programText("python-pandas", ASKED)).toContain('\\"\\"\\"a\\\\nb\\"\\"\\"');
  });

  it("is a raw text of R that does not end in it", () => {
    expect(programText("r", ASKED)).toContain(`r"--(\n${ASKED.query}\n)--"`);
  });

  it("asks for Turtle where the answer is triples", () => {
    expect(programText("curl", { ...ASKED, isGraph: true })).toContain("Accept: text/turtle");
  });
});
