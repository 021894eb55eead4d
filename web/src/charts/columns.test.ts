import { expect, test } from "vitest";

import { columns } from "./columns";
import type { FlowData } from "./data";

function flows(...pairs: [string, string][]): FlowData {
  const keys = [...new Set(pairs.flat())];
  return {
    kind: "sankey",
    title: "",
    unit: "",
    nodes: keys.map((key) => ({ key, name: key, kind: "concept" })),
    links: pairs.map(([source, target]) => ({ source, target, value: 1 })),
  };
}

test("the longest way through the diagram has as many nodes as there are columns", () => {
  expect(columns(flows(["a", "b"]))).toBe(2);
  expect(columns(flows(["a", "office"], ["office", "b"], ["office", "c"], ["c", "d"]))).toBe(4);
});

test("a circle ends the search", () => {
  expect(columns(flows(["a", "b"], ["b", "a"]))).toBeGreaterThan(1);
});
