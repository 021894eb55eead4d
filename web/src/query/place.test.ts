import { describe, expect, it } from "vitest";
import { placeAfter } from "./place";

const cases: [string, string, string | null][] = [
  ["", "elsewhere", null],
  ["PREFIX ", "prefix", null],
  ["SELECT ?x WHERE { ", "subject", null],
  ["SELECT ?x { ?x ", "predicate", null],
  ["SELECT ?x { ?x a ", "object", "a"],
  ["SELECT ?x { ?x gl:item ", "object", "gl:item"],
  ["SELECT ?x { ?x gl:item ?y ; ", "predicate", null],
  ["SELECT ?x { ?x gl:item ?y , ", "object", "gl:item"],
  ["SELECT ?x { ?x gl:item ?y . ", "subject", null],
  ["SELECT ?x { ?x gl:a/", "predicate", null],
  ["SELECT ?x { ?x gl:a/gl:b ", "object", "gl:b"],
  ["SELECT ?x { ?x (gl:a|", "predicate", null],
  ["SELECT ?x { ?x (gl:a|gl:b)+ ", "object", null],
  ["SELECT ?x { ?x gl:a [ ", "predicate", null],
  ["SELECT ?x { ?x gl:a [ gl:b ?c ] ; ", "predicate", null],
  ["SELECT ?x { ?x gl:a ?y FILTER(?y > ", "elsewhere", null],
  ["SELECT ?x { ?x gl:a ?y FILTER(?y > 1) ", "subject", null],
  ["SELECT ?x { ?x gl:a ?y OPTIONAL { ?y ", "predicate", null],
  ["SELECT ?x { ?x gl:a ?y OPTIONAL { ?y gl:b ?z } ", "subject", null],
  ["SELECT ?x { # ?x a \n ", "subject", null],
  ['SELECT ?x { ?x gl:a "{ ; " . ', "subject", null],
  ["SELECT ?x { ?x gl:a ?y } ORDER BY ", "elsewhere", null],
];

describe("the place after a text", () => {
  it.each(cases)("%s", (text, slot, property) => {
    const place = placeAfter(text);
    expect(place.slot).toBe(slot);
    if (property !== null) expect(place.property).toBe(property);
  });
});
