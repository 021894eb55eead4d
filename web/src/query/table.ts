// An answer as a table: names in place of IRIs, sortable, a page at a time.

import { isNumber, type Table, type Term } from "./answer";
import { element } from "../page/element";
import { leadsSomewhere, learnNames, nameOf } from "./names";
import { isChinese, words } from "./words";

const ROWS_ON_PAGE = 100;
const LANGUAGE = isChinese ? "zh" : "en";
const order = new Intl.Collator(isChinese ? "zh-Hans" : "en", { numeric: true });

/** The table of an answer, in an element of its own. */
export function tableView(table: Table): HTMLElement {
  const shown = new ShownTable(table);
  void shown.show();
  return shown.holder;
}

class ShownTable {
  readonly holder = element("div", { class: "answer-table" });
  private rows: Term[][];
  private sorted: { column: number; descending: boolean } | null = null;
  private page = 0;
  /** The columns of numbers and nothing else. */
  private readonly numeric: Set<number>;

  constructor(private readonly table: Table) {
    this.rows = table.rows;
    this.numeric = new Set(
      [...table.variables.keys()].filter((column) => table.rows.every((row) => row[column]?.kind === "unbound" || (row[column] && isNumber(row[column])))),
    );
  }

  async show(): Promise<void> {
    this.write();
    await learnNames(this.visible(), LANGUAGE);
    this.write();
  }

  private visible(): Term[][] {
    return this.rows.slice(this.page * ROWS_ON_PAGE, (this.page + 1) * ROWS_ON_PAGE);
  }

  private write(): void {
    const focused = this.holder.contains(document.activeElement) ? document.activeElement?.id : undefined;
    const body = element("tbody", {}, ...this.visible().map((row) => element("tr", {}, ...row.map(cell))));
    const head = element("thead", {}, element("tr", {}, ...this.table.variables.map((name, column) => this.heading(name, column))));
    const scroll = element(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": words.results },
      element("table", { class: "solutions" }, head, body),
    );
    this.holder.replaceChildren(scroll, ...this.pager());
    if (focused) document.getElementById(focused)?.focus();
  }

  private heading(name: string, column: number): HTMLElement {
    const sorted = this.sorted?.column === column ? this.sorted : null;
    const direction = sorted === null ? "none" : sorted.descending ? "descending" : "ascending";
    const mark = sorted === null ? "↕" : sorted.descending ? "↓" : "↑";
    const button = element(
      "button",
      { type: "button", class: "sort", id: `sort-${column}`, title: words.sortBy(name), click: () => void this.sort(column) },
      element("code", {}, name),
      element("span", { "aria-hidden": "true" }, mark),
    );
    return element("th", { scope: "col", "aria-sort": direction, ...(this.numeric.has(column) ? { class: "number" } : {}) }, button);
  }

  private async sort(column: number): Promise<void> {
    const descending = this.sorted?.column === column && !this.sorted.descending;
    this.sorted = { column, descending };
    await learnNames(this.table.rows.map((row) => row.slice(column, column + 1)), LANGUAGE);
    const sign = descending ? -1 : 1;
    this.rows = [...this.table.rows].sort((one, other) => compare(one[column], other[column], sign));
    this.page = 0;
    await this.show();
  }

  private pager(): HTMLElement[] {
    const pages = Math.ceil(this.rows.length / ROWS_ON_PAGE);
    if (pages < 2) return [];
    const turn = (text: string, by: number) =>
      element(
        "button",
        {
          type: "button",
          class: "plain",
          id: by < 0 ? "page-previous" : "page-next",
          disabled: this.page + by < 0 || this.page + by >= pages,
          click: () => {
            this.page += by;
            void this.show();
          },
        },
        text,
      );
    const where = element("span", { role: "status" }, words.page(this.page + 1, pages));
    return [
      element("nav", { class: "pager", "aria-label": words.pages }, turn(`← ${words.previous}`, -1), where, turn(`${words.next} →`, 1)),
    ];
  }
}

/** What is read of a term. */
export function textOf(term: Term): string {
  return term.kind === "iri" ? nameOf(term.value).name : term.value;
}

/** The language of what is Chinese on an English page, for those who have it read to them. */
function spoken(text: string): { lang?: string } {
  return !isChinese && /\p{Script=Han}/u.test(text) ? { lang: "zh-Hans" } : {};
}

function cell(term: Term): HTMLElement {
  return element("td", isNumber(term) ? { class: "number" } : {}, ...contentOf(term));
}

function contentOf(term: Term): Node[] {
  switch (term.kind) {
    case "unbound":
      return [];
    case "iri": {
      const named = nameOf(term.value);
      if (!leadsSomewhere(named)) return [element("span", { class: "iri", title: term.value }, named.name)];
      return [element("a", { href: named.address, title: term.value, ...spoken(named.name) }, named.name)];
    }
    case "literal":
      return [
        element(
          "span",
          { class: "literal", ...(term.language ? { lang: term.language } : spoken(term.value)), ...(term.datatype ? { "data-datatype": term.datatype } : {}) },
          term.value,
        ),
      ];
    default:
      return [element("code", {}, term.value)];
  }
}

/** Numbers by size, all else as words; what is unbound stays at the end. */
function compare(one: Term | undefined, other: Term | undefined, sign: number): number {
  const empty = Number(!one || one.kind === "unbound") - Number(!other || other.kind === "unbound");
  if (empty !== 0 || !one || !other) return empty;
  if (isNumber(one) && isNumber(other)) return sign * (Number(one.value) - Number(other.value));
  return sign * order.compare(textOf(one), textOf(other));
}
