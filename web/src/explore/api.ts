// The questions that the explorer asks: /api/explore/… and /api/search (types as in /openapi.json).

export interface InBothLanguages {
  zh: string;
  en: string;
}

export interface Thing {
  iri: string;
  name: string;
  name_en: string;
  kind: string;
  degree: number;
  link: string;
}

export type Direction = "out" | "in";

export interface CountedRelation {
  relation: string;
  direction: Direction;
  label: InBothLanguages;
  kind: string;
  count: number;
}

export interface NeighboursAnswer {
  node: Thing;
  years: string[];
  relations: CountedRelation[];
  total: number;
  neighbours: { thing: Thing; relation: string; direction: Direction; years: string[] }[];
}

export interface Joined {
  relation: string;
  source: string;
  target: string;
  years: string[];
}

export interface SelectionAnswer {
  release: string;
  things: Thing[];
  joined: Joined[];
}

export interface Statement {
  text: string;
  span: string;
  link: string;
  title: string;
  year: string;
}

export interface EvidenceAnswer {
  sentence: InBothLanguages;
  years: string[];
  statements: Statement[];
  truncated: boolean;
}

export interface PathAnswer {
  sentence: InBothLanguages;
  paths: { sentence: InBothLanguages; things: Thing[] }[];
}

export interface MapAnswer {
  release: string;
  nodes: { iri: string; name: string; name_en: string; kind: string; community: number; x: number; y: number; degree: number }[];
  edges: { source: number; target: number; weight: number }[];
  communities: { number: number; x: number; y: number; radius: number; size: number; themes: InBothLanguages[] }[];
}

type Value = string | number;
export type Parameters = Record<string, Value | Value[] | undefined>;

/** What the server says is wrong, in a sentence; without words where it says nothing or cannot be reached. */
export class Refusal extends Error {}

export async function ask<Answer>(path: string, parameters: Parameters, signal?: AbortSignal): Promise<Answer> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of Array.isArray(value) ? value : value === undefined ? [] : [value]) query.append(name, String(one));
  }
  // The sentence of a refusal is wanted in the language of the page, which need not be that of the browser.
  const headers = { Accept: "application/json", "Accept-Language": document.documentElement.lang };
  const response = await fetch(`${path}?${query}`, { headers, signal: signal ?? null }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new Refusal();
  });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok || answer === null) throw new Refusal((answer as { detail?: string } | null)?.detail);
  return answer as Answer;
}

export const neighbours = (parameters: Parameters) => ask<NeighboursAnswer>("/api/explore/neighbours", parameters);
export const selection = (node: string[]) => ask<SelectionAnswer>("/api/explore/selection", { node });
export const evidence = (pair: Joined) =>
  ask<EvidenceAnswer>("/api/explore/evidence", { source: pair.source, target: pair.target, relation: pair.relation, limit: 10 });
export const path = (parameters: Parameters) => ask<PathAnswer>("/api/explore/path", parameters);
export const map = (name: string) => ask<MapAnswer>("/api/explore/network", { map: name });

// The kinds of the search index that hold things of the network; a concept may be a cause or a class.
const SEARCHED = ["office", "theme", "concept", "project", "internal-office", "division"];

/** The things of the network whose names a word begins or is like, the best first. */
export async function suggest(q: string, signal: AbortSignal): Promise<Thing[]> {
  const found = await ask<{ hits: { iri: string }[] }>("/api/search", { q, size: 12, kind: SEARCHED }, signal);
  const iri = found.hits.map((hit) => hit.iri);
  if (!iri.length) return [];
  return (await ask<{ things: Thing[] }>("/api/explore/things", { iri }, signal)).things;
}
