// The graph as a list: the same things and lines for screen readers, the keyboard, and small screens.

import type { Joined, Thing } from "./api";
import { element } from "../page/element";
import { button, spoken } from "./dom";
import { nameOf, type Knowledge } from "./knowledge";
import { swatch } from "./shapes";
import type { Say } from "./words";

export class ListView {
  readonly root: HTMLDetailsElement;
  private body = element("ul", { class: "graph-list" });

  private known: Knowledge;
  private choose: (iri: string) => void;

  constructor(
    known: Knowledge,
    say: Say,
    choose: (iri: string) => void,
  ) {
    this.known = known;
    this.choose = choose;
    this.root = element("details", { class: "list-view" }, element("summary", {}, say("list")), this.body);
    this.root.open = matchMedia("(max-width: 50rem)").matches;
  }

  show(things: Thing[], joined: Joined[], chosen: string | undefined): void {
    const names = new Map(things.map((thing) => [thing.iri, nameOf(this.known, thing)]));
    const focused = this.body.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset["iri"] : undefined;
    this.body.replaceChildren(...things.map((thing) => this.item(thing, joined, names, thing.iri === chosen)));
    if (focused) this.body.querySelector<HTMLElement>(`[data-iri="${CSS.escape(focused)}"]`)?.focus();
  }

  private item(thing: Thing, joined: Joined[], names: Map<string, string>, chosen: boolean): HTMLLIElement {
    const choice = button("", () => this.choose(thing.iri), {
      class: "relation",
      "data-iri": thing.iri,
      ...(chosen ? { "aria-current": "true" } : {}),
    });
    const kind = this.known.kinds[thing.kind]?.one ?? thing.kind;
    choice.append(swatch(thing.kind), spoken(names.get(thing.iri) ?? ""), element("span", { class: "meta" }, kind));
    const lines = this.lines(thing.iri, joined, names);
    return element("li", {}, choice, lines.length > 0 && element("ul", { class: "lines" }, ...lines));
  }

  private lines(iri: string, joined: Joined[], names: Map<string, string>): HTMLLIElement[] {
    const found = new Map<string, string[]>();
    for (const pair of joined) {
      const words = this.known.relations[pair.relation];
      const [label, other] = pair.source === iri ? [words?.label, pair.target] : pair.target === iri ? [words?.inverse, pair.source] : [];
      if (label && other) found.set(label, [...(found.get(label) ?? []), names.get(other) ?? other]);
    }
    const [colon, comma] = this.known.language === "zh" ? ["：", "、"] : [": ", ", "];
    return [...found].map(([label, others]) => {
      const names = others.flatMap((name, place) => (place ? [comma, spoken(name)] : [spoken(name)]));
      return element("li", {}, `${label}${colon}`, ...names);
    });
  }
}
