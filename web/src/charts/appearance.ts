// Colours and motion of charts: those of the page, in light and dark.

export interface Appearance {
  ink: string;
  soft: string;
  rule: string;
  raised: string;
  /** Each at least 3:1 against the paper; symbols and dashes tell the series apart as well. */
  series: string[];
  /** By the kind of a node; others take the first of the series. */
  nodes: Record<string, string>;
  font: string;
  moves: boolean;
}

const LIGHT = ["#1f5582", "#b3592b", "#3b7d4f", "#7a4b93", "#8a6d12", "#a83e55"];
const DARK = ["#86b7e3", "#e8a17c", "#8ac79c", "#c4a2dd", "#d9bd62", "#ee9fb0"];

export const darkMode = matchMedia("(prefers-color-scheme: dark)");
const stillness = matchMedia("(prefers-reduced-motion: reduce)");

/** How charts look now. */
export function appearance(): Appearance {
  const style = getComputedStyle(document.documentElement);
  const property = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const series = darkMode.matches ? DARK : LIGHT;
  return {
    ink: property("ink"),
    soft: property("soft"),
    rule: property("rule"),
    raised: property("raised"),
    series,
    nodes: {
      office: property("ink"),
      project: series[2] ?? "",
      unbroken: property("soft"),
      balance: property("soft"),
      unsplit: series[3] ?? "",
      excess: property("alarm"),
      negative: property("alarm"),
    },
    font: getComputedStyle(document.body).fontFamily,
    moves: !stillness.matches,
  };
}
