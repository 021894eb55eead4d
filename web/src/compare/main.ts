// The form of a comparison: suggestions of offices, and a field more whenever one is wanted.

import { attach, attachAll } from "../search/attach";

const isEnglish = document.documentElement.lang.startsWith("en");

/** Adds a button that adds a field, until there are as many as can be compared. */
function offerMoreFields(form: HTMLFormElement, fields: HTMLElement): void {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = isEnglish ? "One more office" : "再添一个机构";
  button.addEventListener("click", () => {
    fields.append(field(fields.children.length + 1));
    fields.querySelector<HTMLInputElement>("label:last-child input")?.focus();
    button.hidden = fields.children.length >= Number(form.dataset["most"]);
  });
  button.hidden = fields.children.length >= Number(form.dataset["most"]);
  fields.after(button);
}

function field(place: number): HTMLLabelElement {
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.name = "office";
  input.type = "search";
  input.dataset["suggest"] = "offices";
  label.append(isEnglish ? `Office ${place} ` : `机构 ${place} `, input);
  attach(input);
  return label;
}

attachAll();
for (const form of document.querySelectorAll<HTMLFormElement>("form.compare")) {
  const fields = form.querySelector<HTMLElement>(".fields");
  if (fields) offerMoreFields(form, fields);
}
