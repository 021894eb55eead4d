// The panel of the sentence that is chosen: the server writes it, here it is put in its place.

import { element } from "../page/element";
import type { Place } from "./place";
import { texts } from "./texts";

export class Panel {
  private readonly live = element("p", { class: "only-heard", "aria-live": "polite" });
  private asked: Place | undefined;
  private readonly known = new Map<Place, HTMLElement>();

  private readonly root: HTMLElement;
  private readonly spread: HTMLElement;
  private readonly close: () => void;

  constructor(root: HTMLElement, spread: HTMLElement, close: () => void) {
    this.root = root;
    this.spread = spread;
    this.close = close;
    root.append(this.live);
    const first = this.shown();
    if (first) this.prepare(first);
  }

  shown(): HTMLElement | null {
    return this.spread.querySelector<HTMLElement>(":scope > .selection");
  }

  async show(place: Place): Promise<void> {
    this.asked = place;
    const panel = this.known.get(place) ?? (await this.fetch(place));
    if (this.asked !== place) return;
    this.shown()?.remove();
    if (!panel) {
      this.spread.append(element("section", { class: "selection" }, element("p", {}, texts.failed)));
      this.live.textContent = texts.failed;
      return;
    }
    this.known.set(place, panel);
    this.spread.append(panel);
    this.live.textContent = texts.states(panel.querySelector("h2 .count")?.textContent ?? "0");
  }

  hide(): void {
    this.asked = undefined;
    this.shown()?.remove();
  }

  private async fetch(place: Place): Promise<HTMLElement | undefined> {
    try {
      const answer = await fetch(`${this.root.dataset["document"]}/facts?at=${place}`, { headers: { accept: "text/html" } });
      if (!answer.ok) return undefined;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const panel = page.querySelector<HTMLElement>("#selection");
      return panel ? this.prepare(document.adoptNode(panel)) : undefined;
    } catch {
      return undefined;
    }
  }

  private prepare(panel: HTMLElement): HTMLElement {
    panel.querySelector(".close")?.addEventListener("click", (event) => {
      event.preventDefault();
      this.close();
    });
    return panel;
  }
}
