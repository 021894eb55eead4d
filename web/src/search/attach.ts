// Suggestions for a field, as its `data-suggest` wants them: "pages" leads to what is chosen, "offices" takes its name
// into the field.

import { Combobox } from "../combobox/combobox";
import { searchSource } from "./source";
import { inLanguage, type Suggestion } from "./suggestions";
import { wordsOf } from "./words";

const words = wordsOf(document.documentElement.lang);

function go(path: string): void {
  location.assign(inLanguage(path, location.pathname));
}

/** What finds the office again: its name, or its identifier where another suggested one has the same name. */
export function officeName(chosen: Suggestion, all: Suggestion[]): string {
  const name = chosen.words.text;
  return all.filter((one) => one.words.text === name).length > 1 ? chosen.iri.replace(/^.*\//, "") : name;
}

export function attach(input: HTMLInputElement): void {
  if (input.dataset["suggest"] === "offices") {
    input.removeAttribute("list");
    const choose = (one: Suggestion, all: Suggestion[]) => { input.value = officeName(one, all); };
    new Combobox(input, searchSource({ words, officesOnly: true, choose }));
  } else {
    const all = (text: string) => go(`/search?${new URLSearchParams({ q: text })}`);
    new Combobox(input, searchSource({ words, officesOnly: false, choose: (one) => go(one.link), all }));
  }
}

/** Suggestions for every field of the page that asks for them. */
export function attachAll(): void {
  document.querySelectorAll<HTMLInputElement>("input[data-suggest]").forEach(attach);
}
