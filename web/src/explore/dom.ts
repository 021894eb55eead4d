// Elements of the explorer: names, buttons and pieces of drawings.

import { element } from "../page/element";

/** A name as it is spoken: those of Chinese offices stay Chinese on an English page. */
export function spoken(name: string): HTMLElement {
  return element("span", { lang: /\p{Script=Han}/u.test(name) && "zh-Hans" }, name);
}

export function button(text: string, press: () => void, attributes: Record<string, string> = {}): HTMLButtonElement {
  const made = element("button", { type: "button", ...attributes }, text);
  made.addEventListener("click", press);
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

export function drawn(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, String(value));
  return made;
}
