// Which chart an answer makes: numbers by year as lines, by anything else as bars.

import { isNumber, type Table, type Term } from "./answer";

/** Numbers by category, a series a column or a value of a third column; null where there is none. */
export interface Charted {
  kind: "line" | "bar";
  categories: string[];
  series: { name: string; values: (number | null)[] }[];
  /** How many categories and series there are, drawn or not. */
  all: { categories: number; series: number };
}

const MOST_CATEGORIES = 60;
const MOST_SERIES = 6;
const YEAR = /^\d{4}$/;
const YEAR_TYPE = "http://www.w3.org/2001/XMLSchema#gYear";

/** The chart of an answer; null when it has no column of numbers or nothing to set them against. */
export function charted(table: Table, textOf: (term: Term) => string): Charted | null {
  const columns = table.variables.map((_, column) => column);
  const years = columns.filter((column) => isYears(table, column));
  const numbers = columns.filter((column) => !years.includes(column) && isNumbers(table, column));
  const texts = columns.filter((column) => !numbers.includes(column) && !years.includes(column));
  const named = [...texts].sort((one, other) => Number(isIris(table, one)) - Number(isIris(table, other)));
  const category = years[0] ?? named[0];
  if (category === undefined || numbers[0] === undefined) return null;
  const categories = distinct(table.rows.map((row) => text(row[category], textOf)));
  if (category === years[0]) categories.sort();
  const grouping = categories.length < table.rows.length ? named.find((column) => column !== category) : undefined;
  const series = grouping === undefined ? byColumn(table, numbers, category, textOf) : byValue(table, numbers[0], category, grouping, textOf);
  const drawn = categories.slice(0, MOST_CATEGORIES);
  return {
    kind: category === years[0] ? "line" : "bar",
    categories: drawn,
    series: series
      .slice(0, MOST_SERIES)
      .map(({ name, values }) => ({ name, values: drawn.map((each) => values.get(each) ?? null) })),
    all: { categories: categories.length, series: series.length },
  };
}

interface Series {
  name: string;
  values: Map<string, number>;
}

function byColumn(table: Table, numbers: number[], category: number, textOf: (term: Term) => string): Series[] {
  return numbers.map((column) => ({
    name: table.variables[column] ?? "",
    values: new Map(table.rows.filter(bound(column)).map((row) => [text(row[category], textOf), Number(row[column]?.value)])),
  }));
}

function byValue(table: Table, number: number, category: number, grouping: number, textOf: (term: Term) => string): Series[] {
  const series = new Map<string, Map<string, number>>();
  for (const row of table.rows.filter(bound(number))) {
    const name = text(row[grouping], textOf);
    const values = series.get(name) ?? new Map<string, number>();
    series.set(name, values.set(text(row[category], textOf), Number(row[number]?.value)));
  }
  return [...series].map(([name, values]) => ({ name, values }));
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
