// The graph as it is drawn: Cytoscape with our colours and shapes, and a layout that moves nothing old.

import type { Core, ElementDefinition, NodeSingular } from "cytoscape";
import type { Joined, Thing } from "./api";
import { createCore } from "./core";
import { nameOf, type Knowledge } from "./knowledge";
import { settle, type Box } from "./layout";
import { script } from "./looks";
import type { Placed } from "./view";

const RING = 130;
const LENGTH = 105;
// Room beside and below a thing for its name.
const ROOM = { width: 118, height: 68 };
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
export interface Selected {
  node?: string;
  joined?: Joined;
}

export class ThingGraph {
  readonly cy: Core;
  private calm = matchMedia("(prefers-reduced-motion: reduce)");

  private known: Knowledge;
  private chosen: (selected: Selected) => void;
  private moved: () => void;

  constructor(
    container: HTMLElement,
    known: Knowledge,
    chosen: (selected: Selected) => void,
    moved: () => void,
  ) {
    this.known = known;
    this.chosen = chosen;
    this.moved = moved;
    this.cy = createCore(container);
    this.cy.on("tap", "node", (event) => this.chosen({ node: (event.target as NodeSingular).id() }));
    this.cy.on("tap", "edge", (event) => this.chosen({ joined: event.target.data("joined") as Joined }));
    this.cy.on("dragfree", "node", () => this.moved());
  }

  /** Show these things and what joins them; new ones begin around the thing that they were reached from. */
  show(things: Thing[], joined: Joined[], placed: Map<string, Placed>, around: string): void {
    this.cy.batch(() => {
      const wanted = new Set(things.map((thing) => thing.iri));
      this.cy.nodes().filter((node) => !wanted.has(node.id())).remove();
      const centre = this.place(around);
      let fresh = 0;
      for (const thing of things) {
        const place = placed.get(thing.iri);
        const here = this.cy.getElementById(thing.iri);
        if (here.length && place) here.position({ x: place.x, y: place.y });
        if (!here.length) this.cy.add(this.node(thing, place ?? ring(centre, fresh++)));
      }
      this.cy.edges().remove();
      this.cy.add(joined.map((pair) => this.edge(pair)));
    });
  }

  private node(thing: Thing, position: { x: number; y: number }): ElementDefinition {
    const name = nameOf(this.known, thing);
    return {
      group: "nodes",
      classes: script(name),
      data: { id: thing.iri, label: name, kind: thing.kind },
      position: { x: position.x, y: position.y },
    };
  }

  private edge(pair: Joined): ElementDefinition {
    const label = this.known.relations[pair.relation]?.label ?? "";
    return {
      group: "edges",
      data: { id: `${pair.relation} ${pair.source} ${pair.target}`, source: pair.source, target: pair.target, label, joined: pair },
    };
  }

  private place(iri: string): { x: number; y: number } {
    const node = this.cy.getElementById(iri);
    return node.length ? { ...node.position() } : { x: 0, y: 0 };
  }

  /** Find places for the things that have none yet; those that have keep them. */
  async settle(kept: Set<string>): Promise<void> {
    const nodes = this.cy.nodes().toArray();
    if (nodes.every((node) => kept.has(node.id()))) return;
    const boxes = nodes.map((node) => box(node, kept.has(node.id())));
    const lines = this.cy.edges().map((edge): [string, string] => [edge.source().id(), edge.target().id()]);
    settle(boxes, lines, LENGTH);
    const places = new Map(boxes.map(({ id, x, y }) => [id, { x: Math.round(x), y: Math.round(y) }]));
    await this.move(places);
  }

  /** Arrange all anew, but for those that are pinned. */
  async arrange(pinned: Set<string>): Promise<void> {
    await this.settle(pinned);
  }

  private async move(places: Map<string, { x: number; y: number }>): Promise<void> {
    const layout = this.cy.layout({
      name: "preset",
      positions: Object.fromEntries(places),
      animate: !this.calm.matches,
      animationDuration: 350,
      fit: false,
    });
    const stopped = layout.promiseOn("layoutstop");
    layout.run();
    await stopped;
  }

  fit(): void {
    const shown = this.cy.elements(":visible");
    if (!shown.length) return;
    this.cy.fit(shown, 40);
    if (this.cy.zoom() > 1.3) this.cy.zoom({ level: 1.3, renderedPosition: middle(this.cy) });
    if (this.cy.zoom() === 1.3) this.cy.center(shown);
  }

  zoom(factor: number): void {
    this.cy.zoom({ level: this.cy.zoom() * factor, renderedPosition: middle(this.cy) });
  }

  pan(x: number, y: number): void {
    this.cy.panBy({ x, y });
  }

  positions(): Map<string, { x: number; y: number }> {
    return new Map(this.cy.nodes().map((node) => [node.id(), { ...node.position() }]));
  }

  /** Hide kinds and what is of other years; what is left without a line goes with it. */
  filter(hidden: Set<string>, year: string, kept: string): void {
    this.cy.batch(() => {
      this.cy.elements().removeClass("hidden");
      this.cy.edges().filter((edge) => isOfAnotherYear(edge.data("joined") as Joined, year)).addClass("hidden");
      this.cy.nodes().filter((node) => hidden.has(node.data("kind") as string)).addClass("hidden");
      this.cy.nodes(".hidden").connectedEdges().addClass("hidden");
      if (year) {
        this.cy
          .nodes()
          .filter((node) => node.degree(false) > 0 && node.connectedEdges().not(".hidden").empty() && node.id() !== kept)
          .addClass("hidden");
      }
    });
  }

  mark(selected: Selected, pinned: Set<string>, path: string[]): void {
    const onPath = new Set(path);
    this.cy.batch(() => {
      this.cy.elements().removeClass("chosen near pinned on-path faint");
      this.cy.nodes().filter((node) => pinned.has(node.id())).addClass("pinned");
      this.cy.nodes().filter((node) => onPath.has(node.id())).addClass("on-path");
      this.cy.nodes(".on-path").edgesWith(this.cy.nodes(".on-path")).addClass("on-path");
      if (path.length) this.cy.elements().not(".on-path").addClass("faint");
      const node = selected.node ? this.cy.getElementById(selected.node) : this.cy.collection();
      node.addClass("chosen");
      node.connectedEdges().addClass("near");
      const pair = selected.joined;
      if (pair) this.cy.getElementById(`${pair.relation} ${pair.source} ${pair.target}`).addClass("chosen");
    });
  }

  isShown(iri: string): boolean {
    const node = this.cy.getElementById(iri);
    return node.length > 0 && !node.hasClass("hidden");
  }

  reveal(iri: string): void {
    const node = this.cy.getElementById(iri);
    if (!node.length) return;
    const box = node.renderedBoundingBox();
    if (box.x1 < 0 || box.y1 < 0 || box.x2 > this.cy.width() || box.y2 > this.cy.height()) this.cy.center(node);
  }
}

function box(node: NodeSingular, fixed: boolean): Box {
  return { id: node.id(), ...node.position(), ...ROOM, fixed };
}

function isOfAnotherYear(pair: Joined, year: string): boolean {
  return year !== "" && pair.years.length > 0 && !pair.years.includes(year);
}

function ring(centre: { x: number; y: number }, number: number): { x: number; y: number } {
  const radius = RING * Math.sqrt(1 + number / 6);
  return { x: centre.x + radius * Math.cos(number * GOLDEN_ANGLE), y: centre.y + radius * Math.sin(number * GOLDEN_ANGLE) };
}

function middle(cy: Core): { x: number; y: number } {
  return { x: cy.width() / 2, y: cy.height() / 2 };
}
