// How flows are drawn: a Sankey diagram whose nodes bear their names and sums.

import type { EChartsOption } from "./library";
import type { Appearance } from "./appearance";
import { columns } from "./columns";
import type { FlowData } from "./data";
import { tooltip } from "./series_option";
import { written } from "./texts";

const NODE_WIDTH = 14;
const LINE_HEIGHT = 16;

/** Where a diagram is drawn, in pixels. */
export interface Room {
  width: number;
  height: number;
}

/** A name has the room between two columns, in lines as many as its node is high. */
export function flowOption(data: FlowData, look: Appearance, room: Room): EChartsOption {
  const column = room.width / columns(data);
  const largest = Math.max(...data.nodes.map((node) => throughput(data, node.key)));
  const isHigh = (key: string) => (throughput(data, key) / largest) * room.height > 5 * LINE_HEIGHT;
  const names = new Map(data.nodes.map((node) => [node.key, node.name]));
  const nameOf = (key: unknown) => names.get(String(key)) ?? String(key);
  return {
    animation: look.moves,
    textStyle: { fontFamily: look.font },
    aria: { enabled: true, label: { description: spoken(data) } },
    tooltip: { ...tooltip(look), trigger: "item", formatter: (item) => told(item, nameOf, data.unit) },
    series: [
      {
        type: "sankey",
        left: 4,
        right: Math.round(column),
        top: 8,
        bottom: 8,
        nodeAlign: "left",
        nodeWidth: NODE_WIDTH,
        nodeGap: LINE_HEIGHT,
        draggable: false,
        emphasis: { focus: "adjacency" },
        data: data.nodes.map((node) => ({
          name: node.key,
          label: { overflow: isHigh(node.key) ? ("break" as const) : ("truncate" as const) },
          itemStyle: { color: look.nodes[node.kind] ?? look.series[0] ?? "", borderWidth: 0 },
        })),
        links: data.links,
        lineStyle: { color: "gradient", opacity: 0.32, curveness: 0.5 },
        label: {
          color: look.ink,
          fontFamily: look.font,
          fontSize: 12.5,
          lineHeight: LINE_HEIGHT,
          width: Math.round(column - NODE_WIDTH - 12),
          formatter: (item) => `${written(throughput(data, item.name))} ${nameOf(item.name)}`,
        },
      },
    ],
  };
}

/** How much goes through a node: the larger of what comes and what leaves. */
export function throughput(data: FlowData, key: string): number {
  const sum = (end: "source" | "target") =>
    data.links.filter((link) => link[end] === key).reduce((total, link) => total + link.value, 0);
  return Math.max(sum("source"), sum("target"));
}

interface Hovered {
  dataType?: string;
  name?: string;
  value?: unknown;
  data?: unknown;
}

function told(item: unknown, nameOf: (key: unknown) => string, unit: string): string {
  const { dataType, name, value, data } = item as Hovered;
  const amount = `${written(Number(value))} ${unit}`;
  if (dataType !== "edge") return `${nameOf(name)}\n${amount}`;
  const { source, target } = data as { source: string; target: string };
  return `${nameOf(source)} → ${nameOf(target)}\n${amount}`;
}

/** What a screen reader says of the diagram; the table has the rest. */
function spoken(data: FlowData): string {
  const names = new Map(data.nodes.map((node) => [node.key, node.name]));
  const lines = data.links.map((link) => `${names.get(link.source)} → ${names.get(link.target)} ${written(link.value)}`);
  return `${data.title} (${data.unit}): ${lines.join("; ")}`;
}
