// What the server knows of this graph: its vocabulary, concepts by name, offices by name.

/** A class or a property. */
export interface Term {
  iri: string;
  zh: string;
  en: string;
  definition_zh: string;
  definition_en: string;
  code_list: string | null;
  uses: number | null;
}

/** A concept of a code list. */
export interface Concept {
  iri: string;
  zh: string;
  en: string;
  code_lists: string[];
}

export interface Vocabulary {
  prefixes: Map<string, string>;
  classes: Term[];
  properties: Term[];
}

/** Something that was found by its name. */
export interface Found {
  iri: string;
  title: string;
}

interface VocabularyAnswer {
  prefixes: { prefix: string; namespace: string }[];
  classes: Term[];
  properties: Term[];
}

let fetched: Promise<Vocabulary> | null = null;

/** The vocabulary, fetched once; empty when it cannot be had, and fetched again the next time. */
export async function vocabulary(): Promise<Vocabulary> {
  fetched ??= fetchVocabulary();
  try {
    return await fetched;
  } catch {
    fetched = null;
    return { prefixes: new Map(), classes: [], properties: [] };
  }
}

async function fetchVocabulary(): Promise<Vocabulary> {
  const { prefixes, classes, properties } = await json<VocabularyAnswer>("/api/vocabulary");
  return { prefixes: new Map(prefixes.map((each) => [each.prefix, each.namespace])), classes, properties };
}

/** The concepts with some words in a name, of one code list or of all. */
export async function conceptsNamed(part: string, codeList: string | null, most: number): Promise<Concept[]> {
  const asked = new URLSearchParams({ q: part, limit: String(most) });
  if (codeList !== null) asked.set("code_list", codeList);
  return (await json<{ concepts: Concept[] }>(`/api/concepts?${asked}`)).concepts;
}

/** The offices that a name or its pinyin finds. */
export async function officesNamed(part: string, most: number): Promise<Found[]> {
  const asked = new URLSearchParams({ q: part, kind: "office", size: String(most) });
  const answer = await json<{ hits: { iri: string; title: { text: string } }[] }>(`/api/search?${asked}`);
  return answer.hits.map((hit) => ({ iri: hit.iri, title: hit.title.text }));
}

async function json<Answer>(address: string): Promise<Answer> {
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return (await response.json()) as Answer;
}
