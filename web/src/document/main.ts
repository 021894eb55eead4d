// The island of a document: choosing a fact shows it in the text and on its page, and tells what its sentence states.

import { element } from "../page/element";
import { button } from "./dom";
import { Families } from "./families";
import { Finding } from "./finding";
import { Panel } from "./panel";
import { addressOf, markAt, placeOfAddress, placeOfFragment, type Place } from "./place";
import { Sheets } from "./sheets";
import { texts } from "./texts";
import { followHeight } from "./toolbar";
import "./document.css";

const root = document.querySelector<HTMLElement>(".document-page");
const spread = root?.querySelector<HTMLElement>(".spread");
if (root && spread) begin(root, spread);

function begin(root: HTMLElement, spread: HTMLElement): void {
  const article = root.querySelector<HTMLElement>("article.text");
  const marks = [...(article?.querySelectorAll<HTMLElement>("mark[id]") ?? [])];
  const pane = root.querySelector<HTMLElement>(".pages");
  const sheets = pane ? new Sheets(pane, marks) : undefined;
  const panel = new Panel(root, spread, () => choose(undefined));
  const legend = root.querySelector<HTMLElement>(".tools .legend");
  const families = legend ? new Families(legend, filter) : undefined;
  let chosen = placeOfAddress(location.href);

  if (article) {
    quiet(article);
    addTools(root, article, step);
  }
  const toolbar = root.querySelector<HTMLElement>(".tools");
  if (toolbar) followHeight(toolbar);
  showTarget();
  addEventListener("hashchange", showTarget);
  root.addEventListener("click", follow);
  addEventListener("keydown", pressed);

  function choose(place: Place | undefined, scrolls = false): void {
    const left = panel.shown()?.contains(document.activeElement) ? chosen : undefined;
    chosen = place;
    history.replaceState(history.state, "", addressOf(place));
    show(place, scrolls);
    if (place) void panel.show(place);
    else panel.hide();
    // Who closes the panel by keyboard goes on reading where its sentence is.
    if (!place && left) markAt(left)?.querySelector("a")?.focus({ preventScroll: true });
  }

  function show(place: Place | undefined, scrolls: boolean): void {
    for (const mark of article?.querySelectorAll("mark.chosen") ?? []) mark.classList.remove("chosen");
    sheets?.choose(place);
    const mark = place ? markAt(place) : null;
    mark?.classList.add("chosen");
    if (mark && scrolls) mark.scrollIntoView({ block: "center" });
    if (mark) rove(mark);
  }

  /** Show what the address names; the browser went there before the toolbar had its height. */
  function showTarget(): void {
    const target = placeOfFragment(location.hash);
    show(target ?? chosen, false);
    if (target) markAt(target)?.scrollIntoView({ block: "start" });
  }

  /** Only the chosen mark is a stop of the Tab key: of hundreds, each would be in the way. */
  function rove(mark: HTMLElement): void {
    article?.querySelector('mark a[tabindex="0"]')?.setAttribute("tabindex", "-1");
    mark.querySelector("a")?.setAttribute("tabindex", "0");
  }

  function follow(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const isOurs = link.matches(".text mark a, .paper a, .selection .to-sentence");
    const place = isOurs ? placeOfAddress(link.getAttribute("href") ?? "") : undefined;
    if (!place) return;
    event.preventDefault();
    choose(place, !link.closest(".text"));
  }

  function pressed(event: KeyboardEvent): void {
    if (event.key === "Escape" && chosen && !isTyping(event.target)) choose(undefined);
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    }
  }

  function step(by: number): void {
    const shown = marks.filter((mark) => !mark.classList.contains("dimmed"));
    const now = chosen ? shown.findIndex((mark) => mark.id === `char=${chosen}`) : firstBelow(shown) - (by > 0 ? 1 : 0);
    const next = shown[(now + by + shown.length) % shown.length];
    if (!next) return;
    choose(next.id.replace("char=", ""), true);
    next.querySelector("a")?.focus({ preventScroll: true });
  }

  function filter(): void {
    for (const mark of article?.querySelectorAll<HTMLElement>("mark") ?? []) {
      mark.classList.toggle("dimmed", !families?.shows(mark.classList));
    }
    sheets?.show((box) => families?.shows(box.classList) ?? true);
  }
}

/** The first of the marks that is in the window or below it. */
function firstBelow(marks: HTMLElement[]): number {
  const place = marks.findIndex((mark) => mark.getBoundingClientRect().top >= 0);
  return Math.max(0, place);
}

function quiet(article: HTMLElement): void {
  for (const link of article.querySelectorAll("mark a")) link.setAttribute("tabindex", "-1");
  article.querySelector("mark a")?.setAttribute("tabindex", "0");
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

function addTools(root: HTMLElement, article: HTMLElement, step: (by: number) => void): void {
  const back = button(texts.previous, "‹", { class: "fact-step", "aria-keyshortcuts": "Alt+ArrowUp" });
  const on = button(texts.next, "›", { class: "fact-step", "aria-keyshortcuts": "Alt+ArrowDown" });
  back.addEventListener("click", () => step(-1));
  on.addEventListener("click", () => step(1));
  const steps = element("p", { class: "fact-steps" }, back, on, element("span", { class: "meta" }, texts.keys));
  root.querySelector(".tools")?.append(new Finding(article).form, steps);
}
