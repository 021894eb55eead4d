// A text field with a list of suggestions below it: the combobox pattern of the ARIA Authoring Practices (W3C) with
// a list that is filled while one types and chosen from by arrow keys or pointer. The field stays an ordinary field
// of its form: Enter without a choice submits it.

import "./combobox.css";
import { element } from "../page/element";

const PAUSE_MS = 120;
let count = 0;

/** A suggestion: what it shows, and what choosing it does. */
export interface Line { content: Node[]; act(): void; className?: string }
/** Suggestions of one kind, under its name where they have one. */
export interface Group { name?: string; lines: Line[] }
/** What a text finds, and how that is told to who does not see it; without lines it is told in their place. */
export interface Found { groups: Group[]; told: string }

/** Where suggestions come from. */
export interface Source {
  /** What the list is called. */
  label: string;
  /** What is told when `find` rejects. */
  unreachable: string;
  find(text: string, signal: AbortSignal): Promise<Found>;
}

export class Combobox {
  private readonly list = element("div", { role: "listbox", id: `suggestions-${++count}` });
  private readonly note = element("p", { class: "note" });
  private readonly popup = element("div", { class: "suggestions", hidden: true });
  private readonly status = element("p", { class: "visually-hidden", role: "status" });
  private options: { node: HTMLElement; act: () => void }[] = [];
  private active = -1;
  private timer = 0;
  private asking: AbortController | undefined;

  private readonly input: HTMLInputElement;
  private readonly source: Source;

  constructor(input: HTMLInputElement, source: Source) {
    this.input = input;
    this.source = source;
    this.list.setAttribute("aria-label", source.label);
    this.popup.append(this.list, this.note);
    this.surround();
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", autocomplete: "off" };
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
    input.setAttribute("aria-controls", this.list.id);
    input.addEventListener("input", (event) => (event as InputEvent).isComposing || this.wait());
    input.addEventListener("compositionend", () => this.wait());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("blur", () => this.close());
    // The field keeps the focus while the pointer is on the list.
    this.popup.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  /** Put the list under the field. One may be writing in it already: moved, it would lose the focus. */
  private surround(): void {
    const { input } = this;
    const isWriting = document.activeElement === input;
    const around = element("div", { class: "suggest" });
    input.replaceWith(around);
    around.append(input, this.popup, this.status);
    if (!isWriting) return;
    input.focus({ preventScroll: true });
    this.wait();
  }

  private wait(): void {
    clearTimeout(this.timer);
    this.asking?.abort();
    const text = this.input.value.trim();
    if (text === "") this.close();
    else this.timer = window.setTimeout(() => void this.ask(text), PAUSE_MS);
  }

  private async ask(text: string): Promise<void> {
    const asking = (this.asking = new AbortController());
    try {
      const found = await this.source.find(text, asking.signal);
      if (!asking.signal.aborted) this.show(found);
    } catch {
      if (!asking.signal.aborted) this.tell(this.source.unreachable);
    }
  }

  private show({ groups, told }: Found): void {
    if (groups.every((group) => group.lines.length === 0)) return this.tell(told);
    this.options = [];
    this.list.replaceChildren(...groups.flatMap((group) => this.group(group)));
    this.note.textContent = "";
    this.status.textContent = told;
    this.open();
  }

  private group({ name, lines }: Group): HTMLElement[] {
    const options = lines.map((line) => this.option(line));
    if (name === undefined) return options;
    const head = element("p", { class: "kind", "aria-hidden": "true" }, name);
    return [element("div", { role: "group", "aria-label": name }, head, ...options)];
  }

  private option({ content, act, className }: Line): HTMLElement {
    const attributes = { role: "option", id: `${this.list.id}-${this.options.length}`, "aria-selected": "false", class: className };
    const node = element("div", attributes, ...content);
    node.addEventListener("click", () => { this.close(); act(); });
    this.options.push({ node, act });
    return node;
  }

  /** Says what is the matter in place of suggestions. */
  private tell(note: string): void {
    this.options = [];
    this.list.replaceChildren();
    this.note.textContent = this.status.textContent = note;
    this.open();
  }

  private open(): void {
    this.activate(-1);
    this.list.hidden = this.options.length === 0;
    this.note.hidden = !this.list.hidden;
    this.popup.hidden = false;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
  }

  private close(): void {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.popup.hidden = true;
    this.activate(-1);
    this.input.setAttribute("aria-expanded", "false");
  }

  private activate(index: number): void {
    this.options[this.active]?.node.setAttribute("aria-selected", "false");
    this.active = index;
    const node = this.options[index]?.node;
    node?.setAttribute("aria-selected", "true");
    node?.scrollIntoView({ block: "nearest" });
    if (node) this.input.setAttribute("aria-activedescendant", node.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  private press(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const isOpen = !this.popup.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) this.wait();
      else if (this.options.length) this.activate(next(this.active, this.options.length, event.key === "ArrowDown"));
    } else if (event.key === "Enter" && isOpen && this.active >= 0) {
      event.preventDefault();
      const { act } = this.options[this.active] ?? {};
      this.close();
      act?.();
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      this.close();
    }
  }
}

/** The place after or before another; from the ends on to none (-1), which is the field itself. */
export function next(active: number, length: number, isDown: boolean): number {
  const places = length + 1;
  return ((active + 1 + (isDown ? 1 : places - 1)) % places) - 1;
}
