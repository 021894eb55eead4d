// Below the answer: the query for programs, and the queries of before.

import { element } from "../page/element";
import { forget, forgetAll, pastQueries, tellingLine, type PastQuery } from "./past";
import { PROGRAMS, programText, type Asked, type Program } from "./programs";
import { isChinese, words } from "./words";

const time = new Intl.DateTimeFormat(isChinese ? "zh-Hans" : "en", { dateStyle: "medium", timeStyle: "short" });

/** The query as a link and as programs, to be copied; `refresh` writes them anew. */
export function programPanel(asked: () => Asked): { panel: HTMLElement; refresh: () => void } {
  const code = element("code", {});
  const said = element("span", { role: "status" });
  const options = (Object.keys(PROGRAMS) as Program[]).map((program) =>
    element("option", { value: program }, PROGRAMS[program] || words.link),
  );
  const choice = element("select", { id: "program", change: write }, ...options);
  function write(): void {
    code.textContent = programText(choice.value as Program, asked());
    said.textContent = "";
  }
  async function copy(): Promise<void> {
    write();
    try {
      await navigator.clipboard.writeText(code.textContent ?? "");
      said.textContent = words.copied;
    } catch {
      // Browsers have no clipboard for pages that come without encryption.
      getSelection()?.selectAllChildren(code);
      said.textContent = words.selected;
    }
  }
  const bar = element(
    "p",
    { class: "programs" },
    element("label", { for: "program" }, `${words.as} `),
    choice,
    element("button", { type: "button", class: "plain", click: () => void copy() }, words.copy),
    said,
  );
  const text = element("pre", { class: "raw", tabindex: "0", lang: "en" }, code);
  const panel = element("details", { class: "foldable", toggle: write }, element("summary", {}, words.use), bar, text);
  return { panel, refresh: write };
}

/** The queries of before; `choose` takes one of them. `refresh` writes them anew. */
export function historyPanel(choose: (query: string) => void): { panel: HTMLElement; refresh: () => void } {
  const summary = element("summary", {});
  const list = element("ul", { class: "past" });
  const empty = element("p", { class: "hint" }, words.historyEmpty);
  const clear = element("button", { type: "button", class: "plain", click: () => (forgetAll(), refresh()) }, words.clear);
  function refresh(): void {
    const past = pastQueries();
    summary.textContent = past.length === 0 ? words.history : words.historyOf(past.length);
    list.replaceChildren(...past.map((each) => entry(each, choose, refresh)));
    empty.hidden = past.length > 0;
    clear.hidden = past.length === 0;
  }
  refresh();
  return { panel: element("details", { class: "foldable" }, summary, empty, list, clear), refresh };
}

function entry(past: PastQuery, choose: (query: string) => void, refresh: () => void): HTMLElement {
  const line = tellingLine(past.query);
  const rows = past.rows === null ? "" : ` · ${words.rows(past.rows)}`;
  const remove = () => {
    forget(past.query);
    refresh();
  };
  return element(
    "li",
    {},
    element("button", { type: "button", class: "plain", title: past.query, click: () => choose(past.query) }, line),
    element("span", { class: "meta" }, `${time.format(past.at)}${rows} · ${words.seconds(past.seconds)}`),
    element("button", { type: "button", class: "plain", "aria-label": `${words.remove}: ${line}`, click: remove }, words.remove),
  );
}
