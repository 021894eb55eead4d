// Finding words in the text. What is found is painted by the browser's highlights, so that the text stays as it is.

import { element } from "../page/element";
import { button } from "./dom";
import { texts } from "./texts";

const MOST = 2000;
const canPaint = typeof Highlight === "function" && "highlights" in CSS;

export class Finding {
  readonly form = element("form", { class: "find-in-text", role: "search", "aria-label": texts.find });
  private readonly box = element("input", { type: "search", "aria-label": texts.find, placeholder: texts.find, maxlength: "100" });
  private readonly told = element("output", { "aria-live": "polite" });
  private ranges: Range[] = [];
  private place = -1;
  private words = "";

  private readonly article: HTMLElement;

  constructor(article: HTMLElement) {
    this.article = article;
    const back = button(texts.findBefore, "↑", { class: "fact-step" });
    const on = button(texts.findAfter, "↓", { class: "fact-step" });
    this.form.append(this.box, back, on, this.told);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.step(1);
    });
    this.box.addEventListener("input", () => this.find());
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.shiftKey) {
        event.preventDefault();
        this.step(-1);
      }
    });
    back.addEventListener("click", () => this.step(-1));
    on.addEventListener("click", () => this.step(1));
  }

  private find(): void {
    this.words = this.box.value.trim();
    this.ranges = this.words ? rangesOf(this.article, this.words) : [];
    this.place = -1;
    this.tell();
    this.paint();
  }

  private step(by: number): void {
    if (this.box.value.trim() !== this.words) this.find();
    if (!this.ranges.length) return;
    this.place = placeAfter(this.place, by, this.ranges.length);
    const range = this.ranges[this.place];
    range?.startContainer.parentElement?.scrollIntoView({ block: "center" });
    if (range && !canPaint) getSelection()?.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
    this.tell();
    this.paint();
  }

  private tell(): void {
    if (!this.words) this.told.textContent = "";
    else if (!this.ranges.length) this.told.textContent = texts.noFind;
    else if (this.place < 0) this.told.textContent = texts.foundIn(this.ranges.length);
    else this.told.textContent = texts.found(this.place + 1, this.ranges.length);
  }

  private paint(): void {
    if (!canPaint) return;
    const now = this.ranges[this.place];
    CSS.highlights.set("found", new Highlight(...this.ranges));
    CSS.highlights.set("found-now", now ? new Highlight(now) : new Highlight());
  }
}

/** The place one further or back, round the ends; from none (-1) to the first or the last. */
export function placeAfter(place: number, by: number, count: number): number {
  return ((place < 0 && by < 0 ? 0 : place) + by + count) % count;
}

interface Stretch {
  node: Text;
  start: number;
}

/** The ranges of the words in the text, notes left out; they may go over several marks. */
function rangesOf(article: HTMLElement, words: string): Range[] {
  const stretches: Stretch[] = [];
  let whole = "";
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest(".notes") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    stretches.push({ node: node as Text, start: whole.length });
    whole += (node as Text).data;
  }
  return placesOf(whole.toLowerCase(), words.toLowerCase()).map((place) => rangeOf(stretches, place, place + words.length));
}

export function placesOf(text: string, words: string): number[] {
  const places: number[] = [];
  for (let place = text.indexOf(words); place >= 0 && places.length < MOST; place = text.indexOf(words, place + words.length)) {
    places.push(place);
  }
  return places;
}

function rangeOf(stretches: Stretch[], start: number, end: number): Range {
  const range = document.createRange();
  const first = stretchAt(stretches, start);
  const last = stretchAt(stretches, end - 1);
  range.setStart(first.node, start - first.start);
  range.setEnd(last.node, end - last.start);
  return range;
}

function stretchAt(stretches: Stretch[], place: number): Stretch {
  let low = 0;
  let high = stretches.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((stretches[middle]?.start ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  return stretches[low] as Stretch;
}
