// A search box with suggestions (WAI-ARIA: editable combobox with list autocomplete).

import { suggest, type Thing } from "./api";
import { element, spoken } from "./dom";
import { swatch } from "./shapes";
import { nameOf, type Knowledge } from "./knowledge";
import type { Say } from "./words";

const PATIENCE = 150;
const SHORTEST = 1;

export class Suggestions {
  private list: HTMLUListElement;
  private status: HTMLElement;
  private found: Thing[] = [];
  private active = -1;
  private waiting = 0;
  private asking: AbortController | null = null;

  private box: HTMLInputElement;
  private known: Knowledge;
  private say: Say;
  private chosen: (found: Thing) => void;

  constructor(
    box: HTMLInputElement,
    known: Knowledge,
    say: Say,
    chosen: (found: Thing) => void,
  ) {
    this.box = box;
    this.known = known;
    this.say = say;
    this.chosen = chosen;
    const name = `${box.id || box.name}-suggestions`;
    this.list = element("ul", { role: "listbox", id: name, class: "thing-suggestions", hidden: true });
    this.status = element("span", { class: "visually-hidden", role: "status" });
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", name);
    box.setAttribute("aria-expanded", "false");
    this.surround();
    box.addEventListener("input", () => this.later());
    box.addEventListener("keydown", (event) => this.key(event));
    box.addEventListener("blur", () => this.close());
  }

  /** Put the list under the box. One may be writing in it already: moved, it would lose the focus. */
  private surround(): void {
    const isWriting = document.activeElement === this.box;
    const frame = element("span", { class: "suggesting" });
    this.box.replaceWith(frame);
    frame.append(this.box, this.list, this.status);
    if (!isWriting) return;
    this.box.focus({ preventScroll: true });
    this.later();
  }

  private later(): void {
    clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => void this.ask(), PATIENCE);
  }

  private async ask(): Promise<void> {
    this.asking?.abort();
    const word = this.box.value.trim();
    if (word.length < SHORTEST) return this.close();
    this.asking = new AbortController();
    try {
      this.show(await suggest(word, this.asking.signal));
    } catch {
      // A search that was given up, or a server without a search index: the form still works.
    }
  }

  private show(found: Thing[]): void {
    this.found = found;
    this.active = -1;
    this.list.replaceChildren(...found.map((one, position) => this.option(one, position)));
    this.list.hidden = found.length === 0;
    this.box.setAttribute("aria-expanded", String(found.length > 0));
    this.box.removeAttribute("aria-activedescendant");
    this.status.textContent = found.length
      ? this.say("suggestions", { count: found.length })
      : this.say("noSuggestion");
  }

  private option(found: Thing, position: number): HTMLLIElement {
    const kind = this.known.kinds[found.kind]?.one ?? "";
    const made = element(
      "li",
      { role: "option", id: `${this.list.id}-${position}`, "aria-selected": "false" },
      swatch(found.kind),
      spoken(nameOf(this.known, found)),
      element("span", { class: "meta" }, kind),
    );
    made.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.choose(position);
    });
    return made;
  }

  private key(event: KeyboardEvent): void {
    if (this.list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") this.move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && this.active >= 0) this.choose(this.active);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  private move(step: number): void {
    const count = this.found.length;
    this.active = this.active < 0 && step < 0 ? count - 1 : (this.active + step + count) % count;
    for (const [position, option] of [...this.list.children].entries()) {
      option.setAttribute("aria-selected", String(position === this.active));
    }
    this.box.setAttribute("aria-activedescendant", `${this.list.id}-${this.active}`);
    this.list.children[this.active]?.scrollIntoView({ block: "nearest" });
  }

  private choose(position: number): void {
    const found = this.found[position];
    this.close();
    if (found) this.chosen(found);
  }

  private close(): void {
    clearTimeout(this.waiting);
    this.asking?.abort();
    this.list.hidden = true;
    this.box.setAttribute("aria-expanded", "false");
    this.box.removeAttribute("aria-activedescendant");
  }
}
