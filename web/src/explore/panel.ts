// The panel beside the graph: what is chosen, its relations to expand, its sentences, a path that was found.

import { evidence, type CountedRelation, type EvidenceAnswer, type Joined, type PathAnswer, type Thing } from "./api";
import { element } from "../page/element";
import { button, spoken } from "./dom";
import { explorePage, localPage, nameOf, type Knowledge } from "./knowledge";
import { swatch } from "./shapes";
import type { Say } from "./words";

export interface Doings {
  expand(thing: Thing, relation: CountedRelation): void;
  collapse(thing: Thing, relation: CountedRelation): void;
  more(thing: Thing, relation: CountedRelation): void;
  remove(thing: Thing): void;
  only(thing: Thing): void;
  pin(thing: Thing): void;
  pathFrom(thing: Thing): void;
  pathTo(thing: Thing): void;
  choose(thing: Thing): void;
  showPath(things: Thing[]): void;
}

export interface ThingState {
  relations: CountedRelation[];
  /** How many things of a relation are in the graph. */
  shown: (relation: CountedRelation) => number;
  pinned: boolean;
  pathStart: Thing | null;
}

export class Panel {
  readonly root = element("section", { class: "details", tabindex: "-1" });
  private body = element("div", {});

  private known: Knowledge;
  private say: Say;
  private doings: Doings;

  constructor(
    known: Knowledge,
    say: Say,
    doings: Doings,
  ) {
    this.known = known;
    this.say = say;
    this.doings = doings;
    this.root.setAttribute("aria-label", say("details"));
    this.root.append(this.body);
    this.clear();
  }

  name(thing: Thing): string {
    return nameOf(this.known, thing);
  }

  clear(): void {
    this.body.replaceChildren(element("p", { class: "empty" }, this.say("nothing")));
  }

  focus(): void {
    this.root.focus();
  }

  thing(thing: Thing, state: ThingState): void {
    const focused = (document.activeElement as HTMLElement | null)?.dataset["key"];
    this.body.replaceChildren(
      element("p", { class: "kind" }, swatch(thing.kind), this.known.kinds[thing.kind]?.one ?? thing.kind),
      element("h3", {}, spoken(this.name(thing))),
      element("p", { class: "meta" }, this.say("joined", { count: thing.degree })),
      element("p", { class: "links" }, element("a", { href: localPage(this.known, thing.link) }, this.say("page"))),
      element("p", { class: "hint" }, this.say("relations")),
      element("ul", { class: "relations" }, ...state.relations.map((relation) => this.relation(thing, relation, state))),
      this.actions(thing, state),
    );
    // A press renders the panel anew; the keyboard stays where it was.
    if (focused) this.body.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  private relation(thing: Thing, relation: CountedRelation, state: ThingState): HTMLLIElement {
    const shown = state.shown(relation);
    // What is there by chance, such as the thing that one came from, does not make a relation expanded.
    const open = shown >= Math.min(relation.count, STEP);
    const press = () => (open ? this.doings.collapse(thing, relation) : this.doings.expand(thing, relation));
    const key = `${relation.relation}-${relation.direction}`;
    const toggle = button("", press, { class: "relation", "aria-pressed": String(open), "data-key": key });
    const counted = shown > 0 && shown < relation.count ? this.say("shownOf", { shown, count: relation.count }) : String(relation.count);
    toggle.append(swatch(relation.kind), element("span", {}, relation.label[this.known.language]), element("span", { class: "count" }, counted));
    const rest = relation.count - shown;
    const more = open && rest > 0 && button(this.say("more", { count: Math.min(rest, STEP) }), () => this.doings.more(thing, relation), { class: "more", "data-key": `${key}-more` });
    return element("li", {}, toggle, more);
  }

  private actions(thing: Thing, state: ThingState): HTMLElement {
    const { pathStart } = state;
    return element(
      "p",
      { class: "actions" },
      button(this.say(state.pinned ? "unpin" : "pin"), () => this.doings.pin(thing), { "data-key": "pin" }),
      button(this.say("remove"), () => this.doings.remove(thing), { "data-key": "remove" }),
      button(this.say("only"), () => this.doings.only(thing), { "data-key": "only" }),
      pathStart && pathStart.iri !== thing.iri
        ? button(this.say("pathTo", { name: this.name(pathStart) }), () => this.doings.pathTo(thing), { "data-key": "path" })
        : button(this.say("pathFrom"), () => this.doings.pathFrom(thing), {
            "data-key": "path",
            "aria-pressed": String(pathStart?.iri === thing.iri),
          }),
    );
  }

  /** The sentences behind a line. */
  async line(pair: Joined): Promise<void> {
    const heading = element("h3", {}, this.known.relations[pair.relation]?.label ?? pair.relation);
    this.body.replaceChildren(heading, element("p", { class: "empty" }, this.say("loading")));
    const answer = await evidence(pair);
    if (!heading.isConnected) return;
    this.body.replaceChildren(...this.evidence(pair, answer));
  }

  private evidence(pair: Joined, answer: EvidenceAnswer): HTMLElement[] {
    const query = new URLSearchParams({ relation: pair.relation, source: pair.source, target: pair.target });
    const all = `${this.known.before}/explore/evidence?${query}`;
    const quotes = answer.statements.map((statement) =>
      element(
        "li",
        {},
        element("a", { class: "quote", lang: "zh-Hans", href: localPage(this.known, statement.link) }, statement.text),
        element("span", { class: "meta" }, ` ${statement.year}`),
      ),
    );
    const parts: (HTMLElement | false)[] = [
      element("h3", {}, answer.sentence[this.known.language]),
      answer.years.length > 0 && element("p", { class: "meta" }, answer.years.join(this.known.language === "zh" ? "、" : ", ")),
      quotes.length > 0
        ? element("ul", { class: "quotes" }, ...quotes)
        : element("p", { class: "meta" }, this.say("byList")),
      answer.truncated && element("p", {}, element("a", { href: all }, this.say("allSentences"))),
    ];
    return parts.filter((one) => one !== false);
  }

  /** Paths that were found, told; each can be shown. */
  path(answer: PathAnswer): void {
    const routes = answer.paths.map((route) =>
      element("li", {}, button(route.sentence[this.known.language], () => this.doings.showPath(route.things), { class: "route-choice" })),
    );
    this.body.replaceChildren(
      element("h3", {}, this.say("paths")),
      routes.length ? element("ol", { class: "quotes" }, ...routes) : element("p", {}, answer.sentence[this.known.language]),
    );
  }

  /** A thing of a map of a whole network. */
  mapped(thing: { iri: string; kind: string; name: string; link: string }, near: { iri: string; name: string }[], choose: (iri: string) => void): void {
    this.body.replaceChildren(
      element("p", { class: "kind" }, swatch(thing.kind), this.known.kinds[thing.kind]?.one ?? thing.kind),
      element("h3", {}, spoken(thing.name)),
      element("p", { class: "links" }, element("a", { href: explorePage(this.known, thing.iri) }, this.say("explore"))),
      element("p", { class: "hint" }, `${this.say("near")} (${near.length})`),
      element("ul", { class: "relations" }, ...near.map((one) => element("li", {}, nearby(one.name, () => choose(one.iri))))),
    );
  }
}

function nearby(name: string, choose: () => void): HTMLElement {
  const made = button("", choose, { class: "relation" });
  made.append(spoken(name));
  return made;
}

/** How many things of a relation are added at once. */
export const STEP = 20;
