// What the search box suggests: pages of all kinds with a line to all results, or offices alone.

import { element } from "../page/element";
import type { Found, Line, Source } from "../combobox/combobox";
import { pieces, suggest, type Suggestion } from "./suggestions";
import { type Words } from "./words";

export interface Choices {
  officesOnly: boolean;
  words: Words;
  choose(suggestion: Suggestion, all: Suggestion[]): void;
  /** Where all results are; without it no such line is offered. */
  all?(text: string): void;
}

export function searchSource(choices: Choices): Source {
  const { list, unreachable } = choices.words;
  return { label: list, unreachable, find: (text, signal) => found(text, signal, choices) };
}

async function found(text: string, signal: AbortSignal, choices: Choices): Promise<Found> {
  const { words, officesOnly } = choices;
  const { total, groups } = await suggest(text, officesOnly, signal);
  const all = groups.flat();
  if (all.length === 0) return { groups: [], told: officesOnly ? words.noOffice(text) : words.nothing(text) };
  const shown = groups.map((suggestions) => {
    const kind = suggestions[0]?.kind ?? "";
    return { name: words.kinds[kind] ?? kind, lines: suggestions.map((one) => line(one, () => choices.choose(one, all))) };
  });
  return { groups: choices.all ? [...shown, { lines: [lineToAll(text, total, choices)] }] : shown, told: words.found(all.length) };
}

function line(one: Suggestion, act: () => void): Line {
  const marked = pieces(one.words).map(([piece, isMarked]) => (isMarked ? element("mark", { class: "hit" }, piece) : piece));
  const content: Node[] = [element("span", { lang: "zh-Hans" }, ...marked)];
  if (one.about) content.push(document.createTextNode(" "), element("span", { class: "about-it", lang: "zh-Hans" }, one.about));
  return { content, act };
}

function lineToAll(text: string, total: number, choices: Choices): Line {
  return { content: [document.createTextNode(choices.words.all(text, total))], act: () => choices.all?.(text), className: "to-all" };
}
