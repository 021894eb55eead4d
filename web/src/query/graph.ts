// An answer as a graph; loaded only when it is chosen.

import cytoscape, { type ElementDefinition, type StylesheetJson } from "cytoscape";
import type { Table, Term } from "./answer";
import { leadsSomewhere, nameOf } from "./names";
import { textOf } from "./table";

export const MOST_EDGES = 300;
const LONGEST_NAME = 24;
// Cytoscape would put a style element into the page, which the page does not allow, unless there is one of this name.
const OWN_STYLES = "__________cytoscape_stylesheet";

/** Draw triples, or rows that read as triples, into an element with a height. Gives what fits them in, and their end. */
export function drawGraph(holder: HTMLElement, table: Table): { fit: () => void; end: () => void } {
  if (!document.getElementById(OWN_STYLES)) {
    const stand = document.createElement("meta");
    stand.id = OWN_STYLES;
    document.head.append(stand);
  }
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const drawn = cytoscape({
    container: holder,
    elements: elementsOf(table.rows.slice(0, MOST_EDGES)),
    style: styles(),
    layout: { name: "cose", animate: false, nodeDimensionsIncludeLabels: true, padding: 24 },
    autoungrabify: still,
  });
  drawn.on("tap", "node[address]", (event) => {
    location.assign(String(event.target.data("address")));
  });
  return { fit: () => drawn.fit(undefined, 24), end: () => drawn.destroy() };
}

function elementsOf(rows: Term[][]): ElementDefinition[] {
  const nodes = new Map<string, ElementDefinition>();
  const edges = rows.flatMap(([subject, predicate, object], place) => {
    if (!subject || !predicate || !object) return [];
    const [source, target] = [nodeOf(subject, nodes), nodeOf(object, nodes)];
    return [{ data: { id: `edge ${place}`, source, target, label: short(textOf(predicate)) } }];
  });
  return [...nodes.values(), ...edges];
}

function nodeOf(term: Term, nodes: Map<string, ElementDefinition>): string {
  const id = `${term.kind} ${term.value} ${term.language ?? ""}`;
  const address = term.kind === "iri" && leadsSomewhere(nameOf(term.value)) ? { address: nameOf(term.value).address } : {};
  nodes.set(id, { data: { id, label: short(textOf(term)), ...address }, classes: term.kind });
  return id;
}

function short(name: string): string {
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME - 1)}…`;
}

function styles(): StylesheetJson {
  const page = getComputedStyle(document.documentElement);
  const colour = (name: string) => page.getPropertyValue(`--${name}`).trim();
  const font = getComputedStyle(document.body).fontFamily;
  return [
    {
      selector: "node",
      style: {
        "background-color": colour("accent"),
        label: "data(label)",
        color: colour("ink"),
        "font-family": font,
        "font-size": 15,
        "text-valign": "bottom",
        "text-margin-y": 4,
        "text-background-color": colour("raised"),
        "text-background-opacity": 0.8,
        width: 20,
        height: 20,
      },
    },
    { selector: "node.literal", style: { "background-color": colour("soft"), shape: "round-rectangle" } },
    { selector: "node.blank", style: { "background-color": colour("rule"), shape: "diamond" } },
    {
      selector: "edge",
      style: {
        label: "data(label)",
        color: colour("soft"),
        "font-family": font,
        "font-size": 12,
        "text-background-color": colour("raised"),
        "text-background-opacity": 0.8,
        width: 1.2,
        "line-color": colour("soft"),
        "target-arrow-color": colour("soft"),
        "target-arrow-shape": "triangle",
        "curve-style": "bezier",
      },
    },
  ];
}
