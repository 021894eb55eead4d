// The answer below the editor: as table, chart, graph and raw text, with downloads.

import type { Answer, Table } from "./answer";
import { file, RefusedError, type Answered } from "./ask";
import type { Problem } from "./check";
import { charted, type Charted } from "./charted";
import { element } from "../page/element";
import { save } from "./save";
import { learnNames } from "./names";
import { tableView, textOf } from "./table";
import { isChinese, words } from "./words";

const LANGUAGE = isChinese ? "zh" : "en";
const LONGEST_RAW = 200_000;
const NAMED_AT_MOST = 2000;

const SOLUTION_FILES = { csv: "text/csv", tsv: "text/tab-separated-values", json: "application/sparql-results+json", xml: "application/sparql-results+xml" };
const GRAPH_FILES = { ttl: "text/turtle", nt: "application/n-triples", jsonld: "application/ld+json" };
const FILE_NAMES: Record<string, string> = { csv: "CSV", tsv: "TSV", json: "JSON", xml: "XML", ttl: "Turtle", nt: "N-Triples", jsonld: "JSON-LD" };

/** A query with its answer, and where it was asked. */
export interface Result extends Answered {
  endpoint: string;
  query: string;
}

/** Show an answer in an element. */
export function showResult(place: HTMLElement, result: Result): void {
  leave(place.querySelector(".view"));
  place.replaceChildren(result.answer.kind === "boolean" ? yesOrNo(result) : rows(result, result.answer));
}

/** Show why there is no answer. */
export function showRefusal(place: HTMLElement, problem: Problem): void {
  leave(place.querySelector(".view"));
  place.replaceChildren(
    element("section", { class: "problem", role: "alert" }, element("h2", {}, problem.title), element("p", {}, problem.detail)),
  );
}

/** Tell what is drawn in a panel that it is left: it holds on to the window otherwise. */
function leave(panel: Element | null): void {
  panel?.firstElementChild?.dispatchEvent(new Event("left"));
}

/** How many rows or triples there are, and how long they took. */
export function counted(answer: Answer, seconds: number): string {
  if (answer.kind === "boolean") return words.seconds(seconds);
  const count = answer.kind === "graph" ? words.triples(answer.rows.length) : words.rows(answer.rows.length);
  return `${count} · ${words.seconds(seconds)}`;
}

function yesOrNo({ answer, seconds }: Result): HTMLElement {
  const said = answer.kind === "boolean" && answer.value ? words.yes : words.no;
  return element("section", {}, heading(words.answer, counted(answer, seconds)), element("p", { class: "boolean" }, said));
}

function heading(text: string, count: string): HTMLElement {
  return element("h2", {}, `${text} `, element("span", { class: "count" }, count));
}

function rows(result: Result, table: Table): HTMLElement {
  const section = element("section", {}, heading(words.results, counted(table, result.seconds)), ...truncation(table));
  if (table.rows.length === 0) section.append(element("p", { class: "empty" }, words.empty));
  else section.append(views(result, table), downloads(result, table));
  return section;
}

function truncation(table: Table): HTMLElement[] {
  if (table.truncated === null) return [];
  const told = element("p", { class: "notice" }, words.truncated(table.truncated.rows));
  if (table.truncated.next) told.append(" ", element("a", { href: table.truncated.next }, words.furtherRows));
  return [told];
}

/** The kinds of view that an answer has, with what makes each when it is chosen. */
function views(result: Result, table: Table): HTMLElement {
  const panel = element("div", { class: "view" });
  const offered: [string, () => HTMLElement | Promise<HTMLElement>][] = [[words.table, () => tableView(table)]];
  if (charted(table, textOf) !== null) offered.push([words.chart, () => chartView(table)]);
  if (isTriples(table)) offered.push([words.graph, () => graphView(table)]);
  if (result.text !== "") offered.push([words.raw, () => rawView(result.text)]);
  const buttons = offered.map(([name, make], place) =>
    element("button", { type: "button", class: "plain", "aria-pressed": String(place === 0), click: () => void choose(place, make) }, name),
  );
  let chosen = 0;
  async function choose(place: number, make: () => HTMLElement | Promise<HTMLElement>): Promise<void> {
    chosen = place;
    buttons.forEach((button, each) => button.setAttribute("aria-pressed", String(each === place)));
    const made = await Promise.resolve(make()).catch(() => element("p", { class: "notice", role: "alert" }, words.unreachable));
    if (chosen !== place || !panel.isConnected) return;
    leave(panel);
    panel.replaceChildren(made);
    made.dispatchEvent(new Event("shown"));
  }
  panel.append(tableView(table));
  const choice = element("div", { class: "answer-views", role: "group", "aria-label": words.views }, ...buttons);
  return element("div", {}, ...(buttons.length > 1 ? [choice] : []), panel);
}

/** Triples, or rows of three whose first and second are things. */
function isTriples(table: Table): boolean {
  if (table.kind === "graph") return true;
  return (
    table.variables.length === 3 &&
    table.rows.every(([subject, predicate]) => subject?.kind !== "literal" && predicate?.kind === "iri")
  );
}

async function chartView(table: Table): Promise<HTMLElement> {
  await learnNames(table.rows.slice(0, NAMED_AT_MOST), LANGUAGE);
  const data = charted(table, textOf) as Charted;
  const { drawChart } = await import("../charts/draw");
  const canvas = element("div", { class: "query-canvas", role: "img", "aria-label": `${words.chart}: ${data.series.map((one) => one.name).join(", ")}` });
  const view = element("div", {}, ...onlySome(data.categories.length, data.all.categories), ...onlySome(data.series.length, data.all.series), canvas);
  view.addEventListener("shown", () => {
    const drawn = drawChart(canvas, { ...data, title: words.results, unit: data.measure });
    view.addEventListener("left", drawn.end, { once: true });
  }, { once: true });
  return view;
}

function onlySome(shown: number, all: number): HTMLElement[] {
  return shown < all ? [element("p", { class: "notice" }, words.shown(shown, all))] : [];
}

async function graphView(table: Table): Promise<HTMLElement> {
  const [{ drawGraph, MOST_EDGES }] = await Promise.all([import("./graph"), learnNames(table.rows.slice(0, NAMED_AT_MOST), LANGUAGE)]);
  const canvas = element("div", { class: "query-canvas graph", role: "img", "aria-label": words.graphOf });
  let fit = () => {};
  const button = element("button", { type: "button", class: "plain", click: () => fit() }, words.fit);
  const view = element("div", {}, ...onlySome(Math.min(MOST_EDGES, table.rows.length), table.rows.length), canvas, button);
  view.addEventListener("shown", () => {
    const drawn = drawGraph(canvas, table);
    fit = drawn.fit;
    view.addEventListener("left", drawn.end, { once: true });
  }, { once: true });
  return view;
}

function rawView(text: string): HTMLElement {
  const shown = text.length <= LONGEST_RAW ? text : `${text.slice(0, LONGEST_RAW)}\n${words.cut}`;
  return element("pre", { class: "raw", tabindex: "0", lang: "en" }, element("code", {}, shown));
}

function downloads({ endpoint, query }: Result, table: Table): HTMLElement {
  const files: Record<string, string> = table.kind === "graph" ? GRAPH_FILES : SOLUTION_FILES;
  const told = element("span", { role: "status" });
  async function download(ending: string, mediaType: string): Promise<void> {
    told.textContent = "";
    try {
      save(await file(endpoint, query, mediaType), `guanlian.${ending}`);
    } catch (error) {
      told.textContent = error instanceof RefusedError ? `${words.failed}${words.colon}${error.problem.detail}` : words.unreachable;
    }
  }
  const buttons = Object.entries(files).map(([ending, mediaType]) =>
    element("button", { type: "button", class: "plain", click: () => void download(ending, mediaType) }, FILE_NAMES[ending] ?? ending),
  );
  return element("p", { class: "downloads" }, `${words.download}${words.colon}`, ...buttons, told);
}
