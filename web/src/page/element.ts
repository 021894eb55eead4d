// Elements of the page, made in a line; text is always text.

type Attribute = string | boolean | (() => void) | undefined;
type Content = Node | string | null | undefined | false;
export type Attributes = Record<string, Attribute>;

/** An element with attributes (false and undefined: without), listeners (functions, by event) and content. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...content: Content[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, "");
    else if (typeof value === "string") made.setAttribute(key, value);
  }
  made.append(...content.filter((one): one is Node | string => typeof one === "string" || one instanceof Node));
  return made;
}
