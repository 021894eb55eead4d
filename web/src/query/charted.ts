// Which chart an answer makes: numbers by year as lines, by anything else as bars.

import { isNumber, type Table, type Term } from "./answer";

/** Numbers by category, a series a column or a value of a third column; null where there is none. */
export interface Charted {
  kind: "line" | "bar";
  categories: string[];
  series: { name: string; values: (number | null)[] }[];
  /** The variable that all numbers are of; empty where they are of several. */
  measure: string;
  /** How many categories and series there are, drawn or not. */
  all: { categories: number; series: number };
}

const MOST_CATEGORIES = 60;
const MOST_SERIES = 6;
const YEAR = /^\d{4}$/;
const YEAR_TYPE = "http://www.w3.org/2001/XMLSchema#gYear";

/** The chart of an answer; null when it has no column of numbers or nothing to set them against. */
export function charted(table: Table, textOf: (term: Term) => string): Charted | null {
  const columns = [...table.variables.keys()];
  const years = columns.filter((column) => isYears(table, column));
  const numbers = columns.filter((column) => !years.includes(column) && isNumbers(table, column));
  const texts = columns.filter((column) => !numbers.includes(column) && !years.includes(column));
  const named = [...texts].sort((one, other) => Number(isIris(table, one)) - Number(isIris(table, other)));
  const category = years[0] ?? named[0];
  const [number] = numbers;
  if (category === undefined || number === undefined) return null;
  const kind = category === years[0] ? "line" : "bar";
  const labels = table.rows.map((row) => text(row[category], textOf));
  if (distinct(labels).length === labels.length) {
    const measure = numbers.length === 1 ? (table.variables[number] ?? "") : "";
    return drawn(kind, labels, byColumn(table, numbers, labels), measure);
  }
  const grouping = named.find((column) => column !== category && isKey(table, [category, column]));
  if (grouping !== undefined) {
    return drawn(kind, labels, byValue(table, number, labels, grouping, textOf), table.variables[number] ?? "");
  }
  return rowByRow(table, number, (row) => [...years, ...named].map((column) => text(row[column], textOf)).join(" "));
}

/** A bar for each row: where several are of the same, one would hide the others. */
function rowByRow(table: Table, number: number, label: (row: Term[]) => string): Charted {
  const rows = table.rows.slice(0, MOST_CATEGORIES);
  const values = rows.map((row) => (bound(number)(row) ? Number(row[number]?.value) : null));
  return {
    kind: "bar",
    categories: rows.map(label),
    series: [{ name: table.variables[number] ?? "", values }],
    measure: table.variables[number] ?? "",
    all: { categories: table.rows.length, series: 1 },
  };
}

/** The first categories and series; years in their order. */
function drawn(kind: Charted["kind"], labels: string[], series: Series[], measure: string): Charted {
  const all = distinct(labels);
  const categories = (kind === "line" ? all.sort() : all).slice(0, MOST_CATEGORIES);
  return {
    kind,
    categories,
    series: series.slice(0, MOST_SERIES).map(({ name, values }) => {
      const known = values();
      return { name, values: categories.map((each) => known.get(each) ?? null) };
    }),
    measure,
    all: { categories: all.length, series: series.length },
  };
}

/** A series; its values are read when it is drawn: there may be as many series as rows. */
interface Series {
  name: string;
  values: () => Map<string, number>;
}

function byColumn(table: Table, numbers: number[], labels: string[]): Series[] {
  return numbers.map((column) => ({ name: table.variables[column] ?? "", values: () => new Map(values(table, column, labels)) }));
}

function byValue(table: Table, number: number, labels: string[], grouping: number, textOf: (term: Term) => string): Series[] {
  const names = table.rows.map((row) => text(row[grouping], textOf));
  return distinct(names).map((name) => ({
    name,
    values: () => new Map(values(table, number, labels.map((label, place) => (names[place] === name ? label : null)))),
  }));
}

/** The numbers of a column by the label of their row; rows without label or number are left out. */
function values(table: Table, column: number, labels: (string | null)[]): [string, number][] {
  return table.rows.flatMap((row, place): [string, number][] => {
    const [label, term] = [labels[place], row[column]];
    return label != null && term !== undefined && term.kind !== "unbound" ? [[label, Number(term.value)]] : [];
  });
}

/** Whether no two rows have the same values in some columns. */
function isKey(table: Table, columns: number[]): boolean {
  const keys = table.rows.map((row) => JSON.stringify(columns.map((column) => row[column])));
  return distinct(keys).length === keys.length;
}

function bound(column: number): (row: Term[]) => boolean {
  return (row) => row[column] !== undefined && row[column].kind !== "unbound";
}

function isNumbers(table: Table, column: number): boolean {
  return every(table, column, isNumber);
}

function isYears(table: Table, column: number): boolean {
  const isNamedSo = /year|年/i.test(table.variables[column] ?? "");
  return every(table, column, (term) => term.datatype === YEAR_TYPE || (isNamedSo && YEAR.test(term.value)));
}

function isIris(table: Table, column: number): boolean {
  return every(table, column, (term) => term.kind === "iri");
}

/** Whether all bound values of a column are of a kind, and there are any. */
function every(table: Table, column: number, holds: (term: Term) => boolean): boolean {
  const values = table.rows.filter(bound(column)).map((row) => row[column] as Term);
  return values.length > 0 && values.every(holds);
}

function text(term: Term | undefined, textOf: (term: Term) => string): string {
  return term ? textOf(term) : "";
}

function distinct(values: string[]): string[] {
  return [...new Set(values)];
}
