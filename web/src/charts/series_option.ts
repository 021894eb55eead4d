// How lines and bars are drawn.

import type { EChartsOption } from "./library";
import type { Appearance } from "./appearance";
import type { SeriesData } from "./data";
import { written } from "./texts";

/** Series are told apart by symbols as well as by colour. */
const SYMBOLS = ["circle", "rect", "triangle", "diamond", "roundRect", "pin"];

export function seriesOption(data: SeriesData, look: Appearance): EChartsOption {
  const text = { color: look.soft, fontFamily: look.font };
  return {
    color: look.series,
    animation: look.moves,
    textStyle: { fontFamily: look.font },
    aria: { enabled: true },
    grid: { left: 8, right: 16, top: 36 + 22 * Math.floor(data.series.length / 3), bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, itemGap: 14, textStyle: { ...text, color: look.ink } },
    tooltip: tooltip(look),
    xAxis: {
      type: "category",
      data: data.categories,
      boundaryGap: data.kind === "bar",
      axisLine: { lineStyle: { color: look.soft } },
      axisLabel: text,
    },
    yAxis: {
      type: "value",
      name: data.unit,
      nameTextStyle: { ...text, align: "left" },
      axisLabel: { ...text, formatter: (value: number) => written(value) },
      splitLine: { lineStyle: { color: look.rule } },
    },
    series: data.series.map((one, place) => ({
      type: data.kind,
      name: one.name,
      data: one.values,
      symbol: SYMBOLS[place % SYMBOLS.length] ?? "circle",
      symbolSize: 9,
      connectNulls: true,
      barMaxWidth: 36,
      lineStyle: { width: 2.5, type: one.isPlanned ? "dashed" : "solid" },
    })) as EChartsOption["series"] & object,
  };
}

/** Drawn on the canvas: what is written as HTML would bring styles that the pages do not allow. */
export function tooltip(look: Appearance) {
  return {
    trigger: "axis" as const,
    renderMode: "richText" as const,
    confine: true,
    backgroundColor: look.raised,
    borderColor: look.rule,
    textStyle: { color: look.ink, fontFamily: look.font, fontSize: 13 },
    valueFormatter: (value: unknown) => (typeof value === "number" ? written(value) : "—"),
  };
}
