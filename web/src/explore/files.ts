// The graph as files: PNG by Cytoscape, SVG by our own writer, JSON as networkx and D3 read it (node-link).

import type { Core, EdgeSingular, NodeSingular } from "cytoscape";
import { element } from "../page/element";
import { button } from "./dom";
import { colour, fonts } from "./looks";
import { points, round, shapeOf } from "./shapes";
import type { Say } from "./words";

const MARGIN = 60;
const SVG = "http://www.w3.org/2000/svg";

/** The files that a graph can be saved as. */
export function exportMenu(say: Say, core: () => Core, release: () => string): HTMLElement {
  const menu = element("details", { class: "export" }, element("summary", {}, say("exported")));
  const save = (name: string, made: () => Promise<Blob> | Blob) =>
    button(name.toUpperCase(), () => {
      menu.open = false;
      void (async () => download(await made(), `guanlian.${name}`))();
    });
  menu.append(
    element(
      "span",
      { class: "choices" },
      save("png", () => png(core())),
      save("svg", () => svg(core())),
      save("json", () => nodeLink(core(), release())),
    ),
  );
  return menu;
}

function download(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function png(cy: Core): Promise<Blob> {
  return cy.png({ output: "blob-promise", full: true, scale: 2, bg: colour("raised"), maxWidth: 8000, maxHeight: 8000 });
}

function nodeLink(cy: Core, release: string): Blob {
  const data = {
    directed: false,
    multigraph: true,
    graph: { release },
    nodes: shown(cy).nodes.map((node) => ({
      id: node.id(),
      kind: node.data("kind") as string,
      label: node.data("label") as string,
      x: round(node.position("x")),
      y: round(node.position("y")),
    })),
    links: shown(cy).edges.map((edge, number) => ({
      source: edge.data("source") as string,
      target: edge.data("target") as string,
      relation: (edge.data("joined") as { relation: string } | undefined)?.relation ?? "near",
      key: number,
    })),
  };
  return new Blob([JSON.stringify(data, null, 1)], { type: "application/json" });
}

function svg(cy: Core): Blob {
  const box = cy.elements(":visible").boundingBox({});
  const frame = [box.x1 - MARGIN / 2, box.y1 - MARGIN / 2, box.w + MARGIN, box.h + MARGIN].map(round);
  const root = document.createElementNS(SVG, "svg");
  root.setAttribute("xmlns", SVG);
  root.setAttribute("viewBox", frame.join(" "));
  root.setAttribute("width", String(frame[2]));
  root.setAttribute("height", String(frame[3]));
  root.setAttribute("font-family", fonts());
  add(root, "rect", { x: frame[0]!, y: frame[1]!, width: frame[2]!, height: frame[3]!, fill: colour("raised") });
  const { nodes, edges } = shown(cy);
  for (const node of nodes.filter((one) => one.hasClass("disc"))) drawNode(root, node);
  for (const edge of edges) drawEdge(root, edge);
  for (const node of nodes.filter((one) => !one.hasClass("disc"))) drawNode(root, node);
  return new Blob([new XMLSerializer().serializeToString(root)], { type: "image/svg+xml" });
}

function shown(cy: Core): { nodes: NodeSingular[]; edges: EdgeSingular[] } {
  return { nodes: cy.nodes(":visible").toArray(), edges: cy.edges(":visible").toArray() };
}

function drawEdge(root: Element, edge: EdgeSingular): void {
  const [from, to] = [edge.source().position(), edge.target().position()];
  const line = add(root, "line", {
    x1: round(from.x), y1: round(from.y), x2: round(to.x), y2: round(to.y),
    stroke: edge.style("line-color") as string,
    "stroke-opacity": edge.style("line-opacity") as string,
    "stroke-width": parseFloat(edge.style("width") as string),
  });
  add(line, "title", {}).textContent = (edge.data("label") as string | undefined) ?? "";
}

function drawNode(root: Element, node: NodeSingular): void {
  const { x, y } = node.position();
  const [radius, shape] = [node.width() / 2, shapeOf(node.data("kind") as string)];
  const look = {
    fill: node.style("background-color") as string,
    "fill-opacity": node.style("background-opacity") as string,
    stroke: node.style("border-color") as string,
    "stroke-width": parseFloat(node.style("border-width") as string),
  };
  if (shape.corners.length && !node.hasClass("disc")) add(root, "polygon", { points: points(shape, x, y, radius), ...look });
  else add(root, "circle", { cx: round(x), cy: round(y), r: round(radius), ...look });
  drawLabel(root, node, x, node.hasClass("disc") ? y - radius - 4 : y + radius + 14);
}

function drawLabel(root: Element, node: NodeSingular, x: number, y: number): void {
  const label = (node.data("label") as string | undefined) ?? "";
  const size = parseFloat(node.style("font-size") as string);
  const longest = Math.max(9, Math.round(parseFloat(node.style("text-max-width") as string) / size));
  lines(label, longest).forEach((line, number) => {
    add(root, "text", {
      x: round(x), y: round(y + number * size * 1.2), "font-size": size, "text-anchor": "middle", fill: colour("ink"),
    }).textContent = line;
  });
}

/** A label in lines: English breaks between words, Chinese anywhere; a Latin letter is half as wide. */
export function lines(label: string, longest: number): string[] {
  const made: string[] = [""];
  for (const part of label.match(/[\u2E80-\uFFFF]|[^\u2E80-\uFFFF\s]+\s*|\s+/g) ?? []) {
    const last = made[made.length - 1] ?? "";
    if (last && width(last) + width(part) > longest) made.push(part);
    else made[made.length - 1] = last + part;
  }
  return made.map((line) => line.trim());
}

function width(text: string): number {
  return [...text].reduce((sum, character) => sum + (/[\u2E80-\uFFFF]/.test(character) ? 1 : 0.55), 0);
}

function add(parent: Element, name: string, attributes: Record<string, string | number>): Element {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, String(value));
  parent.append(made);
  return made;
}
