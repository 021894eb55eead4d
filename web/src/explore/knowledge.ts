// What the page tells the island: kinds and relations in the language of the page (server/explore_island.py).

export interface KindWords {
  one: string;
  several: string;
}

export interface RelationWords {
  label: string;
  inverse: string;
  sentence: string;
  source: string;
  target: string;
  hasEvidence: boolean;
}

export interface Knowledge {
  language: "zh" | "en";
  base: string;
  before: string;
  node: string;
  map: string;
  most: number;
  years: string[];
  kinds: Record<string, KindWords>;
  relations: Record<string, RelationWords>;
}

export function readKnowledge(): Knowledge | null {
  const block = document.getElementById("explore-data");
  return block ? (JSON.parse(block.textContent ?? "{}") as Knowledge) : null;
}

/** An IRI without the base, as it stands in the address of a shared view. */
export function short(known: Knowledge, iri: string): string {
  return iri.startsWith(known.base) ? iri.slice(known.base.length) : iri;
}

export function whole(known: Knowledge, name: string): string {
  return name.includes("://") ? name : known.base + name;
}

export function explorePage(known: Knowledge, iri: string): string {
  return `${known.before}/explore?node=${encodeURIComponent(iri)}`;
}

/** The address of a page of this server, in the language of this page. */
export function localPage(known: Knowledge, link: string): string {
  return link.startsWith("/") ? known.before + link : link;
}

/** What a thing is called in the language of the page. */
export function nameOf(known: Knowledge, thing: { name: string; name_en: string }): string {
  return known.language === "en" ? thing.name_en : thing.name;
}
