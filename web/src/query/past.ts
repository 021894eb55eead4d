// The queries that were run, kept in this browser and nowhere else.

/** A query that was run; `at` is a time in milliseconds. */
export interface PastQuery {
  query: string;
  at: number;
  rows: number | null;
  seconds: number;
}

const KEY = "guanlian.queries";
const MOST = 50;

/** The queries, the latest first. */
export function pastQueries(): PastQuery[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? (kept as PastQuery[]).filter((each) => typeof each?.query === "string") : [];
  } catch {
    return [];
  }
}

/** Keep a query as the latest; the same text is kept once. */
export function remember(latest: PastQuery): void {
  keep([latest, ...pastQueries().filter((each) => each.query !== latest.query)].slice(0, MOST));
}

export function forget(query: string): void {
  keep(pastQueries().filter((each) => each.query !== query));
}

export function forgetAll(): void {
  keep([]);
}

function keep(queries: PastQuery[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(queries));
  } catch {
    // A browser that keeps nothing has no history.
  }
}

/** The line that tells what a query asks: the first that is no comment and no prefix. */
export function tellingLine(query: string): string {
  const lines = query.split("\n").map((line) => line.trim());
  const title = lines.find((line) => /^#\s*\S/.test(line));
  const asks = lines.find((line) => line !== "" && !/^(#|prefix\b|base\b)/i.test(line));
  return (title ? title.replace(/^#\s*/, "") : asks) ?? "";
}
