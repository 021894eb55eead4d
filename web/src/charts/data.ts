// What a chart shows, whatever it is drawn with.

/** Lines or bars: a value a category and series; null where there is none. What is planned is drawn with dashes. */
export interface SeriesData {
  kind: "line" | "bar";
  title: string;
  unit: string;
  categories: string[];
  series: { name: string; values: (number | null)[]; isPlanned?: boolean }[];
}

/** Flows between nodes: every node has a key of its own, as two may be called the same. */
export interface FlowData {
  kind: "sankey";
  title: string;
  unit: string;
  nodes: { key: string; name: string; kind: string }[];
  links: { source: string; target: string; value: number }[];
}

export type ChartData = SeriesData | FlowData;
