import { expect, test } from "vitest";

import type { SeriesData } from "./data";
import { inTwoLines, labelWidth, legendRows, liesDown, plotTop, seriesHeight } from "./series_room";

const measure = (text: string) => text.length * 12;

function bars(categories: string[], names: string[], unit = "万元"): SeriesData {
  const series = names.map((name) => ({ name, values: categories.map(() => 1) }));
  return { kind: "bar", title: "", unit, categories, series };
}

test("the plot begins below all rows of its legend", () => {
  const names = ["一般公共预算财政拨款收入", "政府性基金预算收入", "事业收入", "其他收入"];
  const [narrow, wide] = [328, 1000];
  expect(legendRows(bars(["2023"], names), wide, measure)).toBe(1);
  expect(legendRows(bars(["2023"], names), narrow, measure)).toBe(2);
  expect(plotTop(bars(["2023"], names), narrow, measure)).toBeGreaterThan(plotTop(bars(["2023"], names), wide, measure));
});

test("a series that is named by the axis needs no legend", () => {
  expect(legendRows(bars(["2023"], ["amount"], "amount"), 328, measure)).toBe(0);
});

test("bars lie where their labels would not stand side by side, and have the room", () => {
  const names = Array.from({ length: 12 }, (_, place) => `示例市第${place}局`);
  expect(liesDown(bars(["2022", "2023"], ["a"]), 328, measure)).toBe(false);
  expect(liesDown(bars(names, ["a"]), 600, measure)).toBe(true);
  expect(seriesHeight(bars(names, ["a", "b"]), 600, measure)).toBeGreaterThan(12 * 32);
});

test("a label is cut to two lines", () => {
  expect(inTwoLines("示例市甲区政务服务管理局", 328, measure)).toBe("示例市甲区政务服务管理局");
  const cut = inTwoLines("示例".repeat(40), 328, measure);
  expect(cut.endsWith("…")).toBe(true);
  expect(measure(cut)).toBeLessThanOrEqual(2 * labelWidth(328));
});
