// The map of a whole network: places from the server, names by how near one looks, search, and neighbours.

import "./explore.css";
import type { Core, ElementDefinition, NodeSingular } from "cytoscape";
import { map, type MapAnswer } from "./api";
import { createCore } from "./core";
import { element } from "../page/element";
import { exportMenu } from "./files";
import { nameOf, type Knowledge } from "./knowledge";
import { COLOURS, script } from "./looks";
import { Panel, type Doings } from "./panel";
import type { Say } from "./words";

// Points to the distance that two nodes keep on the server.
const SCALE = 64;

export async function showMap(root: HTMLElement, known: Knowledge, say: Say): Promise<void> {
  const answer = await map(known.map);
  const canvas = element("div", { class: "canvas", tabindex: "0", role: "img", "aria-label": say("graph", { count: answer.nodes.length }) });
  const panel = new Panel(known, say, {} as Doings);
  const status = element("p", { class: "status", role: "status" });
  const tools = element("div", { class: "graph-tools", role: "toolbar", "aria-label": say("tools") });
  root.replaceChildren(element("h2", { class: "visually-hidden" }, say("heading")), tools, element("div", { class: "stage" }, canvas, panel.root), status);
  root.hidden = false;
  const cy = createCore(canvas);
  cy.add(elements(answer, known));
  cy.autoungrabify(true);
  cy.fit(undefined, 20);
  const show = (iri: string) => choose(cy, panel, iri, show);
  cy.on("tap", "node.dot", (event) => show((event.target as NodeSingular).id()));
  tools.append(search(answer, known, say, (iri) => {
    show(iri);
    cy.animate({ center: { eles: cy.getElementById(iri) }, zoom: Math.max(cy.zoom(), 1.2), duration: 0 });
  }, status));
  for (const [word, factor] of [["larger", 1.3], ["smaller", 0.77]] as const) {
    const press = element("button", { type: "button" }, say(word));
    press.addEventListener("click", () => zoom(cy, factor));
    tools.append(press);
  }
  const fit = element("button", { type: "button" }, say("fit"));
  fit.addEventListener("click", () => cy.fit(undefined, 20));
  tools.append(fit, exportMenu(say, () => cy, () => answer.release));
  canvas.addEventListener("keydown", (event) => key(event, cy));
}

function elements(answer: MapAnswer, known: Knowledge): ElementDefinition[] {
  const comma = known.language === "zh" ? "、" : ", ";
  const discs = answer.communities.map((disc): ElementDefinition => ({
    group: "nodes",
    classes: known.language === "en" ? "disc latin" : "disc",
    selectable: false,
    data: {
      id: `disc ${disc.number}`,
      colour: ((disc.number - 1) % COLOURS) + 1,
      size: 2 * disc.radius * SCALE,
      font: Math.max(14, disc.radius * SCALE * 0.15),
      label: `${disc.number}. ${disc.themes.map((theme) => theme[known.language]).slice(0, 2).join(comma)}`,
    },
    position: { x: disc.x * SCALE, y: disc.y * SCALE },
  }));
  const named = (node: MapAnswer["nodes"][number]) => nameOf(known, node);
  const dots = answer.nodes.map((node): ElementDefinition => ({
    group: "nodes",
    classes: `dot ${script(named(node))}`,
    data: {
      id: node.iri,
      kind: node.kind,
      label: named(node),
      colour: node.community ? ((node.community - 1) % COLOURS) + 1 : 0,
    },
    position: { x: node.x * SCALE, y: node.y * SCALE },
  }));
  const edges = answer.edges.map((edge, number): ElementDefinition => ({
    group: "edges",
    classes: "thin",
    data: {
      id: `edge ${number}`,
      source: answer.nodes[edge.source]?.iri ?? "",
      target: answer.nodes[edge.target]?.iri ?? "",
      weight: edge.weight,
    },
  }));
  return [...discs, ...dots, ...edges];
}

function choose(cy: Core, panel: Panel, iri: string, show: (iri: string) => void): void {
  const node = cy.getElementById(iri);
  cy.elements().removeClass("chosen near");
  node.addClass("chosen");
  node.connectedEdges().addClass("near");
  const near = node.neighborhood("node.dot").map((other) => ({ iri: other.id(), name: other.data("label") as string }));
  panel.mapped({ iri, kind: node.data("kind") as string, name: node.data("label") as string, link: "" }, near, show);
}

function search(answer: MapAnswer, known: Knowledge, say: Say, found: (iri: string) => void, status: HTMLElement): HTMLElement {
  const names = new Map(answer.nodes.map((node) => [nameOf(known, node), node.iri]));
  const options = element("datalist", { id: "map-names" }, ...[...names.keys()].map((name) => element("option", { value: name })));
  const box = element("input", { type: "search", list: "map-names", "aria-label": say("findInMap"), placeholder: say("findInMap") });
  const look = () => {
    const word = box.value.trim();
    const name = names.has(word) ? word : [...names.keys()].find((one) => word && one.toLowerCase().includes(word.toLowerCase()));
    status.textContent = name || !word ? "" : say("notInMap");
    if (name) found(names.get(name) ?? "");
  };
  box.addEventListener("change", look);
  return element("span", {}, box, options);
}

function zoom(cy: Core, factor: number): void {
  cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
}

function key(event: KeyboardEvent, cy: Core): void {
  const pans: Record<string, [number, number]> = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
  const pan = pans[event.key];
  if (pan) cy.panBy({ x: pan[0], y: pan[1] });
  else if (event.key === "+" || event.key === "=") zoom(cy, 1.3);
  else if (event.key === "-") zoom(cy, 0.77);
  else return;
  event.preventDefault();
}
