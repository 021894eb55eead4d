// The graph explorer: what is shown, what is done with it, and the page elements around it.

import "./explore.css";
import { neighbours, path, Refusal, selection, type CountedRelation, type Joined, type SelectionAnswer, type Thing } from "./api";
import { element } from "../page/element";
import { button } from "./dom";
import { exportMenu } from "./files";
import { ThingGraph, type Selected } from "./graph";
import type { Knowledge } from "./knowledge";
import { ListView } from "./list";
import { KINDS } from "./looks";
import { Panel, STEP, type Doings } from "./panel";
import { swatch } from "./shapes";
import { fromFragment, History, toFragment, type Placed, type View } from "./view";
import type { Say } from "./words";

// The relations that a graph begins with: as many as leave it readable.
const FIRST_THINGS = 14;
// Where there are fewer, some of a large relation are shown besides.
const FEW_THINGS = 6;

export class Explorer implements Doings {
  private graph: ThingGraph;
  private panel: Panel;
  private list: ListView;
  private status = element("p", { class: "status", role: "status" });
  private things = new Map<string, Thing>();
  private joined: Joined[] = [];
  private relations = new Map<string, CountedRelation[]>();
  private members = new Map<string, Thing[]>();
  private pinned = new Set<string>();
  private hidden = new Set<string>();
  private year = "";
  private selected: Selected = {};
  private pathStart: Thing | null = null;
  private onPath: string[] = [];
  private release = "";
  private last: Promise<void> = Promise.resolve();
  private history = new History({ nodes: [], hidden: [], year: "" });
  private canvas = element("div", { class: "canvas", tabindex: "0", role: "img" });
  private undoing: HTMLButtonElement;
  private redoing: HTMLButtonElement;
  private years: HTMLSelectElement;
  private legend = element("p", { class: "graph-legend", role: "group" });

  private known: Knowledge;
  private say: Say;

  constructor(
    root: HTMLElement,
    known: Knowledge,
    say: Say,
  ) {
    this.known = known;
    this.say = say;
    this.panel = new Panel(known, say, this);
    this.list = new ListView(known, say, (iri) => void this.chooseByKey(iri));
    this.undoing = this.tool("undo", () => void this.inTurn(() => this.restore(this.history.undo())));
    this.redoing = this.tool("redo", () => void this.inTurn(() => this.restore(this.history.redo())));
    this.years = this.yearChoice();
    this.canvas.setAttribute("aria-label", say("graph", { count: 0 }));
    root.replaceChildren(
      element("h2", { class: "visually-hidden" }, say("heading")),
      this.toolbar(),
      element("div", { class: "stage" }, this.canvas, this.panel.root),
      this.legend,
      this.status,
      this.list.root,
    );
    root.hidden = false;
    this.graph = new ThingGraph(this.canvas, known, (chosen) => void this.choose(chosen), () => this.moved());
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    window.addEventListener("hashchange", () => void this.inTurn(() => this.load()));
  }

  // ------------------------------------------------------------ beginning

  /** Show the view of the address, else a thing and its first relations. */
  async start(node: string): Promise<void> {
    await this.inTurn(async () => {
      if (!(await this.load()) && node) await this.begin(node);
    });
  }

  private async load(): Promise<boolean> {
    const view = fromFragment(this.known, location.hash);
    if (!view || location.hash.slice(1) === toFragment(this.known, this.view())) return false;
    await this.trying(async () => {
      await this.restore(view);
      this.history = new History(view);
      this.graph.fit();
      this.controls();
    });
    return true;
  }

  /** Begin anew from a thing: it, and the relations that leave the graph readable. */
  private async begin(node: string): Promise<void> {
    await this.trying(async () => {
      const answer = await neighbours({ node, limit: 1 });
      const thing = answer.node;
      this.relations.set(thing.iri, answer.relations);
      const wanted = [thing.iri];
      for (const relation of answer.relations) {
        if (relation.count + wanted.length > FIRST_THINGS + 1) continue;
        wanted.push(...(await this.membersOf(thing, relation, relation.count)).map((one) => one.iri));
      }
      const large = answer.relations.find((relation) => relation.count > FIRST_THINGS);
      if (wanted.length < FEW_THINGS && large) {
        wanted.push(...(await this.membersOf(thing, large, FIRST_THINGS)).map((one) => one.iri));
      }
      this.pinned.clear();
      await this.put(wanted, thing.iri, new Map());
      this.graph.fit();
      await this.choose({ node: thing.iri });
      this.history = new History(this.view());
      this.address();
      this.controls();
    });
  }

  // ------------------------------------------------------------ what is done

  expand(thing: Thing, relation: CountedRelation): void {
    void this.inTurn(() => this.add(thing, relation, STEP));
  }

  more(thing: Thing, relation: CountedRelation): void {
    void this.inTurn(() => this.add(thing, relation, this.shownOf(thing, relation) + STEP));
  }

  collapse(thing: Thing, relation: CountedRelation): void {
    void this.inTurn(async () => {
      const [first] = this.things.keys();
      const others = [...new Set(this.othersOf(thing.iri, relation))].filter((iri) => iri !== first && !this.pinned.has(iri));
      const leaves = others.filter((iri) => this.isOnlyJoinedTo(iri, thing.iri));
      await this.take(leaves.length ? leaves : others);
    });
  }

  remove(thing: Thing): void {
    void this.inTurn(() => this.take([thing.iri]));
  }

  only(thing: Thing): void {
    void this.inTurn(() => this.take([...this.things.keys()].filter((iri) => iri !== thing.iri)));
  }

  pin(thing: Thing): void {
    if (!this.pinned.delete(thing.iri)) this.pinned.add(thing.iri);
    this.note();
    this.render();
  }

  pathFrom(thing: Thing): void {
    this.pathStart = this.pathStart?.iri === thing.iri ? null : thing;
    this.render();
  }

  pathTo(thing: Thing): void {
    const start = this.pathStart;
    if (!start) return;
    void this.inTurn(async () => {
      const kinds = KINDS.filter((kind) => !this.hidden.has(kind));
      const answer = await path({
        from: start.iri,
        to: thing.iri,
        kind: this.hidden.size ? kinds : [],
        year: this.year || [],
      });
      this.pathStart = null;
      const first = answer.paths[0];
      if (first) await this.showThings(first.things);
      this.selected = {};
      this.render();
      this.panel.path(answer);
      this.tell(answer.sentence[this.known.language]);
    });
  }

  showPath(things: Thing[]): void {
    void this.inTurn(() => this.showThings(things));
  }

  private async showThings(things: Thing[]): Promise<void> {
    this.onPath = things.map((thing) => thing.iri);
    await this.put([...this.things.keys(), ...this.onPath], this.onPath[0] ?? "", this.placed());
    this.note();
    this.graph.fit();
  }

  async choose(chosen: Selected | Thing): Promise<void> {
    this.onPath = [];
    this.selected = "iri" in chosen ? { node: chosen.iri } : chosen;
    await this.trying(async () => {
      if (this.selected.joined) await this.panel.line(this.selected.joined);
      const thing = this.selected.node ? this.things.get(this.selected.node) : undefined;
      if (thing && !this.relations.has(thing.iri)) {
        this.relations.set(thing.iri, (await neighbours({ node: thing.iri, year: this.year || [], limit: 1 })).relations);
      }
      this.render();
    });
  }

  /** Chosen in the list: the graph shows where it is, and the keyboard goes on in the panel. */
  private async chooseByKey(iri: string): Promise<void> {
    await this.choose({ node: iri });
    this.graph.reveal(iri);
    this.panel.focus();
  }

  private async add(thing: Thing, relation: CountedRelation, count: number): Promise<void> {
    await this.trying(async () => {
      const before = this.things.size;
      const found = await this.membersOf(thing, relation, count);
      await this.put([...this.things.keys(), ...found.map((one) => one.iri)], thing.iri, this.placed());
      this.note();
      this.tell(this.say("added", { count: this.things.size - before, label: relation.label[this.known.language] }));
    });
  }

  private async take(gone: string[]): Promise<void> {
    const out = new Set(gone);
    for (const iri of gone) this.pinned.delete(iri);
    if (this.selected.node && out.has(this.selected.node)) this.selected = {};
    await this.put([...this.things.keys()].filter((iri) => !out.has(iri)), "", this.placed());
    this.note();
    this.tell(this.say("removed", { count: gone.length }));
  }

  // ------------------------------------------------------------ what is shown

  private async membersOf(thing: Thing, relation: CountedRelation, count: number): Promise<Thing[]> {
    const key = `${thing.iri} ${relation.relation} ${relation.direction} ${this.year}`;
    const known = this.members.get(key) ?? [];
    if (known.length >= Math.min(count, relation.count)) return known.slice(0, count);
    const answer = await neighbours({
      node: thing.iri,
      relation: relation.relation,
      direction: relation.direction,
      year: this.year || [],
      limit: Math.min(count, 1000),
    });
    const found = answer.neighbours.map((one) => one.thing);
    this.members.set(key, found);
    return found;
  }

  /** Show these things and all that joins them. Those without a place get one; the others do not move. */
  private async put(iris: string[], around: string, placed: Map<string, Placed>): Promise<void> {
    const wanted = [...new Set(iris)];
    if (wanted.length > this.known.most) throw new Refusal(this.say("full", { count: this.known.most }));
    const answer: SelectionAnswer = wanted.length ? await selection(wanted) : { release: this.release, things: [], joined: [] };
    this.release = answer.release;
    this.things = new Map(answer.things.map((thing) => [thing.iri, thing]));
    this.joined = answer.joined;
    this.graph.show(answer.things, answer.joined, placed, around);
    this.render();
    await this.graph.settle(new Set(wanted.filter((iri) => placed.has(iri))));
  }

  private async restore(view: View | null): Promise<void> {
    if (!view) return;
    await this.trying(async () => {
      const isOfThisYear = view.year === this.year;
      if (!isOfThisYear) this.relations.clear();
      this.hidden = new Set(view.hidden);
      this.year = view.year;
      this.pinned = new Set(view.nodes.filter((node) => node.pinned).map((node) => node.iri));
      if (this.selected.node && !view.nodes.some((node) => node.iri === this.selected.node)) this.selected = {};
      await this.put(view.nodes.map((node) => node.iri), "", new Map(view.nodes.map((node) => [node.iri, node])));
      if (!isOfThisYear) await this.choose(this.selected);
      this.address();
    });
  }

  private render(): void {
    this.graph.filter(this.hidden, this.year, this.selected.node ?? "");
    this.graph.mark(this.selected, this.pinned, this.onPath);
    const shown = [...this.things.values()].filter((thing) => this.graph.isShown(thing.iri));
    const lines = this.joined.filter((pair) => !this.year || !pair.years.length || pair.years.includes(this.year));
    this.list.show(shown, lines, this.selected.node);
    this.canvas.setAttribute("aria-label", this.say("graph", { count: shown.length }));
    this.controls();
    const thing = this.selected.node ? this.things.get(this.selected.node) : undefined;
    if (thing) {
      this.panel.thing(thing, {
        relations: this.relations.get(thing.iri) ?? [],
        shown: (relation) => this.shownOf(thing, relation),
        pinned: this.pinned.has(thing.iri),
        pathStart: this.pathStart,
      });
    } else if (!this.selected.joined && !this.onPath.length) this.panel.clear();
  }

  private othersOf(iri: string, relation: CountedRelation): string[] {
    const [own, other] = relation.direction === "out" ? (["source", "target"] as const) : (["target", "source"] as const);
    return this.joined.filter((pair) => pair.relation === relation.relation && pair[own] === iri).map((pair) => pair[other]);
  }

  private shownOf(thing: Thing, relation: CountedRelation): number {
    return this.othersOf(thing.iri, relation).length;
  }

  private isOnlyJoinedTo(iri: string, other: string): boolean {
    return this.joined.every((pair) => (pair.source !== iri && pair.target !== iri) || pair.source === other || pair.target === other);
  }

  // ------------------------------------------------------------ views

  private view(): View {
    return { nodes: [...this.placed().values()], hidden: [...this.hidden], year: this.year };
  }

  private placed(): Map<string, Placed> {
    return new Map(
      [...this.graph.positions()].map(([iri, place]) => [iri, { iri, ...place, pinned: this.pinned.has(iri) }]),
    );
  }

  private note(): void {
    this.history.note(this.view());
    this.address();
    this.controls();
  }

  private moved(): void {
    this.note();
  }

  private address(): void {
    history.replaceState(null, "", `#${toFragment(this.known, this.view())}`);
  }

  // ------------------------------------------------------------ elements

  private toolbar(): HTMLElement {
    const bar = element("div", { class: "graph-tools", role: "toolbar" });
    bar.setAttribute("aria-label", this.say("tools"));
    bar.append(
      this.undoing,
      this.redoing,
      this.tool("arrange", () => void this.inTurn(() => this.arrange())),
      this.tool("fit", () => this.graph.fit()),
      this.tool("larger", () => this.graph.zoom(1.25)),
      this.tool("smaller", () => this.graph.zoom(0.8)),
      element("label", {}, `${this.say("year")} `, this.years),
      this.tool("share", () => void this.share()),
      exportMenu(this.say, () => this.graph.cy, () => this.release),
    );
    return bar;
  }

  private tool(word: Parameters<Say>[0], press: () => void): HTMLButtonElement {
    return button(this.say(word), press);
  }

  private yearChoice(): HTMLSelectElement {
    const choice = element("select", {}, element("option", { value: "" }, this.say("allYears")));
    choice.append(...[...this.known.years].reverse().map((year) => element("option", {}, year)));
    choice.addEventListener("change", () => {
      this.year = choice.value;
      this.relations.clear();
      this.note();
      void this.choose(this.selected);
    });
    return choice;
  }

  private controls(): void {
    this.undoing.disabled = !this.history.canUndo;
    this.redoing.disabled = !this.history.canRedo;
    this.years.value = this.year;
    this.showLegend();
  }

  /** What the shapes mean; each kind can be hidden. */
  private showLegend(): void {
    const present = KINDS.filter((kind) => this.hidden.has(kind) || [...this.things.values()].some((thing) => thing.kind === kind));
    const drawnKinds = [...this.legend.querySelectorAll("input")].map((box) => box.value);
    if (drawnKinds.join() !== present.join()) {
      this.legend.replaceChildren(...present.map((kind) => this.legendEntry(kind)));
      this.legend.setAttribute("aria-label", this.say("shown"));
    }
    for (const box of this.legend.querySelectorAll("input")) box.checked = !this.hidden.has(box.value);
  }

  private legendEntry(kind: string): HTMLLabelElement {
    const box = element("input", { type: "checkbox", value: kind });
    box.addEventListener("change", () => {
      if (box.checked) this.hidden.delete(kind);
      else this.hidden.add(kind);
      this.note();
      this.render();
    });
    return element("label", {}, box, swatch(kind), this.known.kinds[kind]?.several ?? kind);
  }

  private async arrange(): Promise<void> {
    await this.graph.arrange(this.pinned);
    this.graph.fit();
    this.note();
  }

  private async share(): Promise<void> {
    this.address();
    try {
      await navigator.clipboard.writeText(location.href);
      this.tell(this.say("shared"));
    } catch {
      // Browsers have no clipboard for pages that come without encryption.
      this.tell(this.say("byHand"));
    }
  }

  private key(event: KeyboardEvent): void {
    const steps: Record<string, () => void> = {
      ArrowLeft: () => this.graph.pan(60, 0),
      ArrowRight: () => this.graph.pan(-60, 0),
      ArrowUp: () => this.graph.pan(0, 60),
      ArrowDown: () => this.graph.pan(0, -60),
      "+": () => this.graph.zoom(1.25),
      "=": () => this.graph.zoom(1.25),
      "-": () => this.graph.zoom(0.8),
      "0": () => this.graph.fit(),
    };
    const step = event.ctrlKey || event.metaKey || event.altKey ? undefined : steps[event.key];
    if (!step) return;
    event.preventDefault();
    step();
  }

  private tell(text: string): void {
    this.status.textContent = text;
  }

  /** What changes the things that are shown is done one after the other: each builds on what the last has left. */
  private inTurn(work: () => Promise<unknown>): Promise<void> {
    this.last = this.last.then(() => this.trying(work));
    return this.last;
  }

  private async trying(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const isRefusal = error instanceof Refusal;
      this.tell(isRefusal ? error.message || this.say("unreachable") : this.say("failed", { why: String(error) }));
    }
  }
}
