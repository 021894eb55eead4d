// A Cytoscape graph in our looks, without what the policy of the pages forbids.

import cytoscape, { type Core } from "cytoscape";
import { styles } from "./looks";

// Cytoscape writes a style element into the page unless something has this id; the policy of the pages
// forbids that, and our style sheet says the same.
const STYLESHEET_ID = "__________cytoscape_stylesheet";

export function createCore(container: HTMLElement): Core {
  if (!document.getElementById(STYLESHEET_ID)) {
    const mark = document.createElement("meta");
    mark.id = STYLESHEET_ID;
    document.head.append(mark);
  }
  const cy = cytoscape({
    container,
    style: styles(),
    minZoom: 0.05,
    maxZoom: 4,
    boxSelectionEnabled: false,
    selectionType: "single",
  });
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", () => cy.style(styles()));
  return cy;
}
