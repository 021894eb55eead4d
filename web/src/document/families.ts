// The legend as a filter: a press shows one kind of facts, another press one more; none pressed shows all.

import { element } from "../page/element";
import { texts } from "./texts";

export class Families {
  private readonly chosen = new Set<string>();
  private readonly more = element("p", { class: "chosen-families", "aria-live": "polite" });

  private readonly legend: HTMLElement;
  private readonly changed: () => void;

  constructor(legend: HTMLElement, changed: () => void) {
    this.legend = legend;
    this.changed = changed;
    for (const link of this.links()) {
      link.setAttribute("role", "button");
      link.setAttribute("aria-pressed", "false");
      link.addEventListener("click", (event) => this.press(event, link));
      link.addEventListener("keydown", (event) => {
        if (event.key === " ") this.press(event, link);
      });
    }
    legend.after(this.more);
  }

  shows(families: DOMTokenList): boolean {
    if (!this.chosen.size) return true;
    for (const family of this.chosen) if (families.contains(family) || families.contains(`has-${family}`)) return true;
    return false;
  }

  private links(): HTMLAnchorElement[] {
    return [...this.legend.querySelectorAll<HTMLAnchorElement>("a[data-family]")];
  }

  private press(event: MouseEvent | KeyboardEvent, link: HTMLAnchorElement): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const family = link.dataset["family"] ?? "";
    if (!this.chosen.delete(family)) this.chosen.add(family);
    link.setAttribute("aria-pressed", String(this.chosen.has(family)));
    this.tell();
    this.changed();
  }

  /** The lists of what is shown, and the way back to all. */
  private tell(): void {
    const pressed = this.links().filter((link) => this.chosen.has(link.dataset["family"] ?? ""));
    const lists = pressed.map((link) => {
      const name = link.querySelector(".family")?.textContent ?? "";
      return element("a", { href: link.href }, texts.list(name));
    });
    const all = element("button", { type: "button", class: "plain" }, texts.all);
    all.addEventListener("click", () => this.clear());
    this.more.replaceChildren(...(lists.length ? [...lists, all] : []));
  }

  private clear(): void {
    this.chosen.clear();
    for (const link of this.links()) link.setAttribute("aria-pressed", "false");
    this.tell();
    this.changed();
    this.links()[0]?.focus();
  }
}
