// The island of the pages that explore the network: the graph is loaded when there is something to draw.

import { Refusal, type Thing } from "./api";
import { nameOf, readKnowledge, type Knowledge } from "./knowledge";
import { Combobox } from "../combobox/combobox";
import { thingSource } from "./suggestions";
import { sayingIn, type Say } from "./words";
import type { Explorer } from "./explorer";

const known = readKnowledge();
const root = document.getElementById("explorer");
if (known) begin(known, sayingIn(known.language));

function begin(known: Knowledge, say: Say): void {
  suggestNames(known, say);
  if (!root) return;
  if (known.map) void mapInstead(root, known, say);
  else if (known.node || location.hash.startsWith("#v1=")) void explorer(known, say).then((made) => made?.start(known.node));
}

/** The map that moves in place of the drawn one, which stays where the server does not answer. */
async function mapInstead(root: HTMLElement, known: Knowledge, say: Say): Promise<void> {
  const { showMap } = await import("./map");
  try {
    await showMap(root, known, say);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return;
  }
  hideStatic();
}

let made: Promise<Explorer> | undefined;

async function explorer(known: Knowledge, say: Say): Promise<Explorer | undefined> {
  if (!root) return undefined;
  const place = root;
  made ??= import("./explorer").then((module) => new module.Explorer(place, known, say));
  return made;
}

/** What the graph shows better is folded away; it stays one press away. */
function hideStatic(): void {
  for (const part of document.querySelectorAll<HTMLElement>(".map-figure.without-script")) part.hidden = true;
}

/** Names are suggested in every box that asks for one; the first box leads on to the page of the thing. */
function suggestNames(known: Knowledge, say: Say): void {
  for (const box of document.querySelectorAll<HTMLInputElement>(".explore-ask input, .path-form input[type=search]")) {
    const choose = (found: Thing): void => {
      box.value = nameOf(known, found);
      if (box.name === "node") location.assign(`${known.before}/explore?node=${encodeURIComponent(found.iri)}`);
      else submitAs(box, found.iri);
    };
    new Combobox(box, thingSource(known, say, choose));
  }
}

/** The form sends the IRI of what was chosen, while the box shows its name. */
function submitAs(box: HTMLInputElement, iri: string): void {
  const form = box.form;
  if (!form) return;
  const name = box.name || (box.dataset["name"] ?? "");
  box.dataset["name"] = name;
  box.removeAttribute("name");
  const own = form.querySelector<HTMLInputElement>(`input[type=hidden][name="${name}"]`) ?? document.createElement("input");
  own.type = "hidden";
  own.name = name;
  own.value = iri;
  form.append(own);
  box.addEventListener("input", () => {
    own.remove();
    box.name = name;
  }, { once: true });
}
