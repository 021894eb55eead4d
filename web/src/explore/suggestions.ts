// What the boxes of the explorer suggest: things of the network by name, each with the shape and name of its kind.

import "./swatch.css";
import { element } from "../page/element";
import type { Line, Source } from "../combobox/combobox";
import { suggest, type Thing } from "./api";
import { spoken } from "./dom";
import { swatch } from "./shapes";
import { nameOf, type Knowledge } from "./knowledge";
import type { Say } from "./words";

export function thingSource(known: Knowledge, say: Say, chosen: (found: Thing) => void): Source {
  return {
    label: say("suggested"),
    unreachable: say("unreachable"),
    find: async (text, signal) => {
      const things = await suggest(text, signal);
      const told = things.length ? say("suggestions", { count: things.length }) : say("noSuggestion");
      return { groups: [{ lines: things.map((one) => line(one, known, chosen)) }], told };
    },
  };
}

function line(thing: Thing, known: Knowledge, chosen: (found: Thing) => void): Line {
  const kind = element("span", { class: "meta" }, known.kinds[thing.kind]?.one ?? "");
  return { content: [swatch(thing.kind), spoken(nameOf(known, thing)), kind], act: () => chosen(thing), className: "thing" };
}
