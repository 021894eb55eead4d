// The buttons of the document page.

import { element, type Attributes } from "../page/element";

export function button(label: string, shown: string, attributes: Attributes = {}): HTMLButtonElement {
  return element("button", { type: "button", "aria-label": label, title: label, ...attributes }, shown);
}
