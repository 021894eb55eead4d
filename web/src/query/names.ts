// What IRIs are called in the language of the page, asked once each.

import type { Table } from "./answer";

/** A name, and the page that an IRI leads to. */
export interface Named {
  name: string;
  address: string;
}

const AT_ONCE = 2000;
const known = new Map<string, Named>();

/** The name of an IRI: what the server said, or the IRI until it has. */
export function nameOf(iri: string): Named {
  return known.get(iri) ?? { name: iri, address: iri };
}

/** Whether a page is behind an address: a query makes IRIs of any scheme, `javascript:` among them. */
export function leadsSomewhere({ address }: Named): boolean {
  return /^(\/(?!\/)|https?:)/i.test(address);
}

/** Ask for the names of the IRIs in some rows, as many as one request takes. */
export async function learnNames(rows: Table["rows"], language: string): Promise<void> {
  const wanted = new Set<string>();
  for (const term of rows.flat()) {
    if (term.kind === "iri" && !known.has(term.value) && wanted.size < AT_ONCE) wanted.add(term.value);
  }
  if (wanted.size === 0) return;
  const response = await fetch(`/${language}/api/names`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify({ iris: [...wanted] }),
  }).catch(() => null);
  if (!response?.ok) return;
  const { names } = (await response.json()) as { names: Record<string, Named> };
  for (const [iri, named] of Object.entries(names)) known.set(iri, named);
}
