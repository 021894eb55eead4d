// How things and lines look: the colours of the page's style sheet, read anew when it turns dark or light.

import type { StylesheetJson } from "cytoscape";
import { shapeOf } from "./shapes";

export const KINDS = ["office", "theme", "cause", "class", "project", "internal-office", "division", "document"];
export const COLOURS = 10;
export const RADIUS = 13;

export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim() || "#888888";
}

/** The class of a label that has words with spaces between them only. */
export function script(label: string): string {
  return /[\u2E80-\uFFFF]/.test(label) ? "" : "latin";
}

export function fonts(): string {
  return getComputedStyle(document.body).fontFamily;
}

export function styles(): StylesheetJson {
  const ink = colour("ink");
  const paper = colour("raised");
  const soft = colour("soft");
  const accent = colour("accent");
  return [
    {
      selector: "node",
      style: {
        width: 2 * RADIUS,
        height: 2 * RADIUS,
        "background-color": soft,
        label: "data(label)",
        color: ink,
        "font-family": fonts(),
        "font-size": 12,
        "text-valign": "bottom",
        "text-margin-y": 4,
        "text-wrap": "wrap",
        "text-max-width": "110px",
        "text-overflow-wrap": "anywhere",
        "text-background-color": paper,
        "text-background-opacity": 0.8,
        "text-background-padding": "1px",
        "min-zoomed-font-size": 7,
        "border-width": 1.5,
        "border-color": paper,
      },
    },
    // English breaks between words, Chinese anywhere.
    { selector: "node.latin", style: { "text-overflow-wrap": "whitespace" } },
    ...KINDS.map((kind) => ({
      selector: `node[kind = "${kind}"]`,
      style: { shape: shapeOf(kind).name, "background-color": colour(`kind-${kind}`) },
    })),
    {
      selector: "edge",
      style: {
        width: 1.2,
        "line-color": soft,
        "line-opacity": 0.55,
        "target-arrow-color": soft,
        "target-arrow-shape": "vee",
        "arrow-scale": 0.8,
        "curve-style": "bezier",
      },
    },
    {
      selector: "edge.near, edge.chosen, edge.on-path",
      style: {
        label: "data(label)",
        color: ink,
        "font-family": fonts(),
        "font-size": 10,
        "text-background-color": paper,
        "text-background-opacity": 0.9,
        "text-background-padding": "1px",
        "text-rotation": "autorotate",
        "min-zoomed-font-size": 8,
        "line-opacity": 1,
      },
    },
    { selector: "edge.chosen, edge.on-path", style: { width: 3, "line-color": accent, "target-arrow-color": accent } },
    { selector: "node.chosen", style: { "border-width": 4, "border-color": accent, "font-weight": "bold" } },
    { selector: "node.on-path", style: { "border-width": 4, "border-color": accent, "border-style": "double" } },
    { selector: "node.pinned", style: { "underlay-color": ink, "underlay-opacity": 0.18, "underlay-padding": 6 } },
    { selector: "node.faint", style: { opacity: 0.45 } },
    { selector: "edge.faint", style: { "line-opacity": 0.15 } },
    { selector: ".hidden", style: { display: "none" } },
    ...mapStyles(ink, paper),
  ] as StylesheetJson;
}

/** Of the maps of whole networks: discs of communities behind small nodes. */
function mapStyles(ink: string, paper: string): StylesheetJson {
  const numbers = Array.from({ length: COLOURS + 1 }, (_, number) => number);
  return [
    {
      selector: "node.disc",
      style: {
        shape: "ellipse",
        width: "data(size)",
        height: "data(size)",
        "background-opacity": 0.12,
        "border-width": 1,
        "border-opacity": 0.4,
        "z-index": 0,
        "z-index-compare": "manual",
        label: "data(label)",
        "text-valign": "top",
        "text-margin-y": -2,
        "text-max-width": "data(size)",
        "font-size": "data(font)",
        "font-weight": "bold",
        "text-background-opacity": 0,
        "min-zoomed-font-size": 6,
        color: ink,
        events: "no",
      },
    },
    { selector: "node.dot", style: {
         width: 22, height: 22, "z-index": 2, "z-index-compare": "manual", "font-size": 11, "min-zoomed-font-size": 8, "border-color": paper, "border-width": 1,
      },
    },
    ...numbers.map((number) => ({
      selector: `node.disc[colour = ${number}], node.dot[colour = ${number}]`,
      style: { "background-color": colour(`c${number}`), ...(number ? {} : { "background-opacity": 0.8 }) },
    })),
    ...numbers.map((number) => ({ selector: `node.disc[colour = ${number}]`, style: { "border-color": colour(`c${number}`), "background-opacity": 0.12 } })),
    { selector: "edge.thin", style: { "curve-style": "haystack", width: 1, "line-opacity": 0.3, "z-index": 1, "z-index-compare": "manual", "target-arrow-shape": "none" } },
    { selector: "edge.thin.near", style: { width: 2, "line-opacity": 0.9, label: "", "line-color": ink } },
  ] as StylesheetJson;
}
