// The shape of every kind of things, for the graph, its legend and exported pictures: never colour alone.

import { drawn } from "./dom";

type Point = [number, number];

export interface Shape {
  /** As Cytoscape calls it. */
  name: "ellipse" | "round-rectangle" | "diamond" | "hexagon" | "triangle" | "octagon" | "pentagon" | "rectangle" | "star";
  /** Its corners in a square from -1 to 1; none for a circle. */
  corners: Point[];
}

function regular(corners: number, turn: number): Point[] {
  return Array.from({ length: corners }, (_, corner) => {
    const angle = ((corner + turn) / corners) * 2 * Math.PI - Math.PI / 2;
    return [Math.cos(angle), Math.sin(angle)];
  });
}

const SQUARE: Point[] = [[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]];

const SHAPES: Record<string, Shape> = {
  office: { name: "ellipse", corners: [] },
  theme: { name: "round-rectangle", corners: SQUARE },
  cause: { name: "diamond", corners: regular(4, 0) },
  class: { name: "hexagon", corners: regular(6, 0.5) },
  project: { name: "triangle", corners: [[0, -1], [1, 1], [-1, 1]] },
  "internal-office": { name: "octagon", corners: regular(8, 0.5) },
  division: { name: "pentagon", corners: regular(5, 0) },
  document: { name: "rectangle", corners: [[-0.7, -1], [0.7, -1], [0.7, 1], [-0.7, 1]] },
};
const OTHER: Shape = { name: "star", corners: regular(4, 0) };

export function shapeOf(kind: string): Shape {
  return SHAPES[kind] ?? OTHER;
}

/** The corners of a shape around a place, as the attribute of a polygon. */
export function points(shape: Shape, x: number, y: number, radius: number): string {
  return shape.corners.map(([dx, dy]) => `${round(x + dx * radius)},${round(y + dy * radius)}`).join(" ");
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A small picture of the shape, coloured by the style sheet. */
export function swatch(kind: string): SVGElement {
  const shape = shapeOf(kind);
  const picture = drawn("svg", { viewBox: "-11 -11 22 22", class: `swatch kind-${kind}`, "aria-hidden": "true" });
  picture.append(
    shape.corners.length ? drawn("polygon", { points: points(shape, 0, 0, 10) }) : drawn("circle", { r: 10 }),
  );
  return picture;
}
