// Charts of the figures of a page: each is drawn from the table behind it, when it comes near.

import "./charts.css";
import { tableAsCsv } from "./csv";
import type { ChartData } from "./data";
import { columns } from "./columns";
import { makeRoom } from "./series_room";
import { readFigure } from "./table";
import { texts } from "./texts";

const NEAR = "400px";
/** What a node and a column of a diagram of flows need at least, in pixels. */
const ROW_HEIGHT = 30;
const COLUMN_WIDTH = 150;

/** Make room for the chart of a figure, before it is drawn: nothing moves when it comes. */
function roomFor(figure: HTMLElement, data: ChartData): HTMLElement {
  const scroll = document.createElement("div");
  scroll.className = "canvas-scroll";
  const holder = document.createElement("div");
  holder.className = `canvas ${data.kind}`;
  if (data.kind === "sankey") {
    holder.style.height = `${Math.max(320, data.nodes.length * ROW_HEIGHT)}px`;
    holder.style.minWidth = `${columns(data) * COLUMN_WIDTH}px`;
  }
  scroll.append(holder);
  figure.querySelector("figcaption")?.after(scroll);
  figure.querySelector(":scope > details")?.removeAttribute("open");
  makeRoom(holder, data);
  return holder;
}

async function draw(figure: HTMLElement, holder: HTMLElement, data: ChartData): Promise<void> {
  const { drawChart } = await import("./draw");
  const drawn = drawChart(holder, data);
  holder.setAttribute("role", "img");
  const table = figure.querySelector("table");
  const links = document.createElement("p");
  links.className = "chart-downloads";
  links.append(
    button(texts.png, () => save(drawn.picture(), `${data.title}.png`)),
    button(texts.csv, () => table && saveText(tableAsCsv(table), `${data.title}.csv`)),
  );
  holder.parentElement?.after(links);
}

function button(text: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

function saveText(text: string, name: string): void {
  // A byte order mark, or spreadsheets take Chinese for something else.
  const address = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
  save(address, name);
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function save(address: string, name: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}

// Paper cannot be unfolded: the tables are printed, and a chart with its own where it is drawn.
const folded = new Set<HTMLDetailsElement>();
addEventListener("beforeprint", () => {
  for (const table of document.querySelectorAll<HTMLDetailsElement>("figure.chart > details:not([open])")) {
    folded.add(table);
    table.open = true;
  }
});
addEventListener("afterprint", () => {
  for (const table of folded) table.open = false;
  folded.clear();
});

const waiting = new Map<Element, () => void>();
const observer = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      observer.unobserve(entry.target);
      waiting.get(entry.target)?.();
    }
  },
  { rootMargin: NEAR },
);

for (const figure of document.querySelectorAll<HTMLElement>("figure.chart[data-chart]")) {
  const data = readFigure(figure);
  if (!data) continue;
  const holder = roomFor(figure, data);
  waiting.set(holder, () => void draw(figure, holder, data));
  observer.observe(holder);
}
