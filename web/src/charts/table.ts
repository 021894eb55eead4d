// The data of a chart as the table behind it has them: the table is the truth, the chart a view of it.

import type { ChartData, FlowData, SeriesData } from "./data";

/** What the table of a figure says; null where it holds nothing to draw. */
export function readFigure(figure: HTMLElement): ChartData | null {
  const table = figure.querySelector("table");
  const kind = figure.dataset["chart"];
  if (!table) return null;
  const told = { title: titleOf(figure), unit: figure.dataset["unit"] ?? "" };
  const per = Number(figure.dataset["per"] ?? 1);
  if (kind === "sankey") return readFlows(table, told, per);
  return kind === "line" || kind === "bar" ? readSeries(table, { kind, ...told }, per) : null;
}

/** What is too small to see; its line would only name a nothing. */
const UNSEEN = "rounding";

function titleOf(figure: HTMLElement): string {
  const caption = figure.querySelector("figcaption");
  return textOf(caption?.firstChild ?? null) || textOf(caption);
}

function textOf(node: Node | null): string {
  return (node?.textContent ?? "").replace(/\s+/g, " ").trim();
}

type Told = Pick<ChartData, "title" | "unit">;

/** A line a category, a column a series: those whose heads are marked. */
function readSeries(table: HTMLTableElement, told: Told & Pick<SeriesData, "kind">, per: number): SeriesData | null {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  const marked = heads.flatMap((head, column) => ("series" in head.dataset ? [{ head, column }] : []));
  const rows = [...(table.tBodies[0]?.rows ?? [])];
  const series = marked.map(({ head, column }) => ({
    name: textOf(head),
    isPlanned: head.dataset["series"] === "planned",
    values: rows.map((row) => valueOf(row.cells[column], per)),
  }));
  const holds = series.some((one) => one.values.some((value) => value !== null));
  return holds ? { ...told, categories: rows.map((row) => textOf(row.cells[0] ?? null)), series } : null;
}

function valueOf(cell: HTMLTableCellElement | undefined, per: number): number | null {
  const value = cell?.dataset["value"];
  return value === undefined ? null : Number(value) / per;
}

/** A line a flow: its ends are told by the row, their names by its first two cells. */
function readFlows(table: HTMLTableElement, told: Told, per: number): FlowData | null {
  const nodes = new Map<string, FlowData["nodes"][number]>();
  const links = new Map<string, FlowData["links"][number]>();
  for (const row of table.tBodies[0]?.rows ?? []) {
    const { source, target, kinds } = row.dataset;
    const value = valueOf(row.querySelector<HTMLTableCellElement>("td[data-value]") ?? undefined, per);
    if (!source || !target || value === null || (kinds ?? "").split(" ").includes(UNSEEN)) continue;
    [source, target].forEach((key, place) => {
      const kind = (kinds ?? "").split(" ")[place] ?? "";
      if (!nodes.has(key)) nodes.set(key, { key, name: textOf(row.cells[place] ?? null), kind });
    });
    const between = JSON.stringify([source, target]);
    const known = links.get(between);
    links.set(between, { source, target, value: value + (known?.value ?? 0) });
  }
  return links.size ? { kind: "sankey", ...told, nodes: [...nodes.values()], links: [...links.values()] } : null;
}
