// The pages beside the text: they follow what is read and what is chosen.

import type { Place } from "./place";

export class Sheets {
  private readonly boxes = new Map<Place, SVGAElement[]>();
  private isOver = false;
  private waiting = false;

  private readonly pane: HTMLElement;
  private readonly marks: HTMLElement[];

  constructor(pane: HTMLElement, marks: HTMLElement[]) {
    this.pane = pane;
    this.marks = marks;
    for (const box of pane.querySelectorAll<SVGAElement>(".paper a[data-at]")) {
      const place = box.dataset["at"] ?? "";
      this.boxes.set(place, [...(this.boxes.get(place) ?? []), box]);
    }
    pane.addEventListener("pointerenter", () => (this.isOver = true));
    pane.addEventListener("pointerleave", () => (this.isOver = false));
    addEventListener("scroll", () => this.follow(), { passive: true });
  }

  choose(place: Place | undefined): void {
    for (const box of this.pane.querySelectorAll(".paper a.chosen")) box.classList.remove("chosen");
    const boxes = place ? this.boxes.get(place) : undefined;
    for (const box of boxes ?? []) box.classList.add("chosen");
    if (boxes?.[0]) this.bring(boxes[0], this.pane.clientHeight / 3);
  }

  show(isShown: (box: SVGAElement) => boolean): void {
    for (const boxes of this.boxes.values()) for (const box of boxes) box.classList.toggle("dimmed", !isShown(box));
  }

  /** Bring the page into view whose words are being read, unless the reader is at the pages herself. */
  private follow(): void {
    if (this.waiting || this.isOver || this.pane.contains(document.activeElement)) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      const mark = this.firstInView();
      const box = mark && this.boxes.get(mark.id.replace("char=", ""))?.[0];
      const page = box?.closest<HTMLElement>(".page");
      if (page && !this.isShown(page)) this.bring(page, 0);
    });
  }

  /** Whether the pane scrolls by itself: not where it is the only thing shown. */
  private isBeside(): boolean {
    return this.pane.scrollHeight > this.pane.clientHeight + 1;
  }

  /** The first mark below the upper edge of the window; marks are in the order of the text. */
  private firstInView(): HTMLElement | undefined {
    let low = 0;
    let high = this.marks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const isAbove = (this.marks[middle]?.getBoundingClientRect().bottom ?? 0) < 0;
      if (isAbove) low = middle + 1;
      else high = middle;
    }
    return this.marks[low];
  }

  /** Whether a page takes the middle of the pane: then the reader sees it already. */
  private isShown(page: HTMLElement): boolean {
    const pane = this.pane.getBoundingClientRect();
    const found = page.getBoundingClientRect();
    const middle = pane.top + this.pane.clientHeight / 2;
    return found.top <= middle && middle <= found.bottom;
  }

  /** Scroll the pane so that something stands this far below its upper edge. */
  private bring(found: Element, below: number): void {
    if (!this.isBeside()) return;
    const distance = found.getBoundingClientRect().top - this.pane.getBoundingClientRect().top;
    this.pane.scrollBy({ top: distance - below });
  }
}
