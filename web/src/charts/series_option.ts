// How lines and bars are drawn.

import type { EChartsOption } from "./library";
import type { Appearance } from "./appearance";
import type { SeriesData } from "./data";
import { hasLegend, inTwoLines, ITEM_GAP, labelWidth, liesDown, measureIn, plotTop } from "./series_room";
import { written } from "./texts";

/** Series are told apart by symbols as well as by colour. */
const SYMBOLS = ["circle", "rect", "triangle", "diamond", "roundRect", "pin"];

export function seriesOption(data: SeriesData, look: Appearance, width: number): EChartsOption {
  const text = { color: look.soft, fontFamily: look.font };
  const measure = measureIn(look.font);
  const isLying = liesDown(data, width, measure);
  return {
    color: look.series,
    animation: look.moves,
    textStyle: { fontFamily: look.font },
    aria: { enabled: true },
    grid: { left: 8, right: 16, top: plotTop(data, width, measure), bottom: 8, containLabel: true },
    legend: { show: hasLegend(data), top: 0, left: 0, itemGap: ITEM_GAP, textStyle: { ...text, color: look.ink } },
    tooltip: tooltip(look),
    ...axes(data, look, isLying, width),
    series: data.series.map((one, place) => ({
      type: data.kind,
      name: one.name,
      data: one.values,
      symbol: SYMBOLS[place % SYMBOLS.length] ?? "circle",
      symbolSize: 9,
      connectNulls: true,
      barMaxWidth: isLying ? 16 : 36,
      lineStyle: { width: 2.5, type: one.isPlanned ? "dashed" : "solid" },
    })) as EChartsOption["series"] & object,
  };
}

/** Categories along the foot; where bars lie, from top to bottom at the left, each with its label. */
function axes(data: SeriesData, look: Appearance, isLying: boolean, width: number): Pick<EChartsOption, "xAxis" | "yAxis"> {
  const text = { color: look.soft, fontFamily: look.font };
  const categories = {
    type: "category" as const,
    data: data.categories,
    boundaryGap: data.kind === "bar",
    axisLine: { lineStyle: { color: look.soft } },
  };
  const values = {
    type: "value" as const,
    name: data.unit,
    nameTextStyle: { ...text, align: "left" as const },
    axisLabel: { ...text, hideOverlap: true, formatter: (value: number) => written(value) },
    splitLine: { lineStyle: { color: look.rule } },
  };
  if (!isLying) return { xAxis: { ...categories, axisLabel: data.kind === "bar" ? { ...text, interval: 0 } : text }, yAxis: values };
  const measure = measureIn(look.font);
  const label = {
    ...text,
    interval: 0,
    width: labelWidth(width),
    overflow: "break" as const,
    lineHeight: 14,
    formatter: (name: string) => inTwoLines(name, width, measure),
  };
  return {
    xAxis: { ...values, name: "" },
    // The axis of the categories bears the name: that of the values would stand beyond the right edge.
    yAxis: { ...categories, inverse: true, name: data.unit, nameLocation: "start", nameTextStyle: values.nameTextStyle, axisLabel: label },
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
