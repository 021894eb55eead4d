// The room that lines and bars need: rows of the legend, labels of the categories.

import type { ChartData, SeriesData } from "./data";

const FONT_SIZE = 12;
/** A symbol of the legend and what parts it from its name. */
const SYMBOL_WIDTH = 30;
const LEGEND_PADDING = 5;
const ROW_HEIGHT = 14;
export const ITEM_GAP = 12;
/** The name of the axis with what parts it from the plot. */
const AXIS_NAME_HEIGHT = 30;
/** What the plot has without legend, and what a bar that lies takes at least. */
const PLOT_HEIGHT = 270;
const BAR_HEIGHT = 16;
const BARS_GAP = 16;
/** Labels of lying bars take at most this part of the width. */
const LABELS_PART = 0.4;
const SLOT_GAP = 12;
const MARGINS = 80;

/** How wide a text is drawn, in pixels. */
export type Measure = (text: string) => number;

let context: CanvasRenderingContext2D | null = null;

/** The measure of texts in a font of the page. */
export function measureIn(font: string): Measure {
  return (text) => {
    context ??= document.createElement("canvas").getContext("2d");
    if (!context) return text.length * FONT_SIZE;
    context.font = `${FONT_SIZE}px ${font}`;
    return context.measureText(text).width;
  };
}

/** Whether the series are told apart by a legend: one whose name the axis bears needs none. */
export function hasLegend(data: SeriesData): boolean {
  return data.series.length > 1 || data.series[0]?.name !== data.unit;
}

/** How many rows the legend takes. */
export function legendRows(data: SeriesData, width: number, measure: Measure): number {
  if (!hasLegend(data)) return 0;
  const room = width - 2 * LEGEND_PADDING;
  let rows = 1;
  let taken = 0;
  for (const { name } of data.series) {
    const item = SYMBOL_WIDTH + measure(name);
    if (taken > 0 && taken + item > room) {
      rows += 1;
      taken = 0;
    }
    taken += item + ITEM_GAP;
  }
  return rows;
}

/** How far below the upper edge the plot begins: under the legend and the name of the axis. */
export function plotTop(data: SeriesData, width: number, measure: Measure): number {
  const rows = legendRows(data, width, measure);
  const legend = rows && 2 * LEGEND_PADDING + rows * ROW_HEIGHT + (rows - 1) * ITEM_GAP;
  return legend + (data.unit ? AXIS_NAME_HEIGHT : 12);
}

/** Whether bars lie: their labels would not stand side by side. */
export function liesDown(data: SeriesData, width: number, measure: Measure): boolean {
  if (data.kind !== "bar") return false;
  const slot = (width - MARGINS) / Math.max(1, data.categories.length);
  return data.categories.some((label) => measure(label) + SLOT_GAP > slot);
}

/** The most that a label of lying bars may take, in pixels. */
export function labelWidth(width: number): number {
  return Math.round(width * LABELS_PART);
}

/** A label cut to what two lines hold. */
export function inTwoLines(label: string, width: number, measure: Measure): string {
  const room = 1.8 * labelWidth(width);
  if (measure(label) <= room) return label;
  const characters = [...label];
  while (characters.length > 1 && measure(`${characters.join("")}…`) > room) characters.pop();
  return `${characters.join("")}…`;
}

/** How high the chart has to be, in pixels. */
export function seriesHeight(data: SeriesData, width: number, measure: Measure): number {
  const each = data.series.length * BAR_HEIGHT + BARS_GAP;
  const plot = liesDown(data, width, measure) ? data.categories.length * each + 24 : PLOT_HEIGHT;
  return plotTop(data, width, measure) + Math.max(plot, PLOT_HEIGHT / 2);
}

/** Lines and bars are as high as their legend and labels want at this width. */
export function makeRoom(holder: HTMLElement, data: ChartData): void {
  if (data.kind === "sankey") return;
  const font = getComputedStyle(document.body).fontFamily;
  holder.style.height = `${Math.ceil(seriesHeight(data, holder.clientWidth, measureIn(font)))}px`;
}
