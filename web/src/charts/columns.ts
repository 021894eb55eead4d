// The columns that a diagram of flows falls into.

import type { FlowData } from "./data";

/** How many columns of nodes there are: the longest way through the diagram. */
export function columns(data: FlowData): number {
  const depths = new Map<string, number>();
  const depth = (key: string): number => {
    const known = depths.get(key);
    if (known !== undefined) return known;
    depths.set(key, 1); // in a circle, which the data never are, this ends the search
    const after = data.links.filter((link) => link.source === key).map((link) => depth(link.target));
    const found = 1 + Math.max(0, ...after);
    depths.set(key, found);
    return found;
  };
  return Math.max(1, ...data.nodes.map((node) => depth(node.key)));
}
