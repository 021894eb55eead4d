// What the charts say in the language of the page.

const TEXTS = {
  zh: { png: "图片 PNG", csv: "数据 CSV", sum: "合计", chart: "图表" },
  en: { png: "Image PNG", csv: "Data CSV", sum: "Total", chart: "Chart" },
};

export const isChinese = document.documentElement.lang.startsWith("zh");
export const texts = isChinese ? TEXTS.zh : TEXTS.en;

/** A number as the page writes numbers: thousands apart, at most two decimals, a true minus. */
export function written(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: 2 }).replace("-", "−");
}
