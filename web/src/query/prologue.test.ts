import { describe, expect, it } from "vitest";
import { iriOf, prologueOf, writtenName } from "./prologue";

const BASE = "https://w3id.org/guanlian/";
const GL = `${BASE}ns#`;
const KNOWN = new Map([
  ["gl", GL],
  ["item", `${BASE}code/item/`],
]);

describe("the prologue of a query", () => {
  it("holds prefixes under the base, and BASE changes it", () => {
    const query = "PREFIX gl: <ns#>\nBASE <http://example.org/>\nPREFIX x: <y/>\nASK {}";
    const { namespaces, end } = prologueOf(query, BASE);
    expect([...namespaces]).toEqual([["gl", GL], ["x", "http://example.org/y/"]]);
    expect(query.slice(end)).toBe("ASK {}");
  });

  it("ends before the first line of a query that declares nothing, behind its comments", () => {
    const query = "# What there is\nASK {}";
    expect(query.slice(prologueOf(query, BASE).end)).toBe("ASK {}");
  });
});

describe("an IRI in a query", () => {
  it("takes the prefix that the query declares, whatever it is called", () => {
    expect(writtenName(`${GL}amount`, prologueOf("PREFIX : <ns#> ASK {}", BASE), KNOWN)).toEqual({
      text: ":amount",
      declaration: "",
    });
  });

  it("brings the declaration that is missing", () => {
    expect(writtenName(`${BASE}code/item/func-205`, prologueOf("ASK {}", BASE), KNOWN)).toEqual({
      text: "item:func-205",
      declaration: `PREFIX item: <${BASE}code/item/>\n`,
    });
  });

  it("is written whole where the prefix means something else, or what follows is no local name", () => {
    const other = prologueOf("PREFIX gl: <http://example.org/> ASK {}", BASE);
    expect(writtenName(`${GL}amount`, other, KNOWN).text).toBe(`<${GL}amount>`);
    expect(writtenName(`${GL}a/b`, prologueOf("", BASE), KNOWN).text).toBe(`<${GL}a/b>`);
  });

  it("is found again from its name", () => {
    const prologue = prologueOf("PREFIX gl: <ns#>", BASE);
    expect(iriOf("gl:amount", prologue, BASE)).toBe(`${GL}amount`);
    expect(iriOf("<ns#amount>", prologue, BASE)).toBe(`${GL}amount`);
    expect(iriOf("other:amount", prologue, BASE)).toBeNull();
  });
});
