// A query is put to the server; to leave it stops it there.

import { answerOfJson, answerOfTriples, type Answer } from "./answer";
import type { Problem } from "./check";
import { words } from "./words";

const JSON_RESULTS = "application/sparql-results+json";
const N_TRIPLES = "application/n-triples";

/** An answer, as it was sent, and how many seconds it took. */
export interface Answered {
  answer: Answer;
  text: string;
  seconds: number;
}

/** The server gave no answer. */
export class RefusedError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

/** The answer to a query. Throws RefusedError, and an AbortError when the signal stops it. */
export async function ask(endpoint: string, query: string, signal: AbortSignal): Promise<Answered> {
  const started = performance.now();
  const response = await sent(endpoint, query, `${JSON_RESULTS}, ${N_TRIPLES}`, signal);
  const text = await response.text();
  const isJson = response.headers.get("Content-Type")?.startsWith(JSON_RESULTS) ?? false;
  const answer = isJson ? answerOfJson(text) : answerOfTriples(text);
  return { answer, text, seconds: (performance.now() - started) / 1000 };
}

/** An answer as a file in a media type. */
export async function file(endpoint: string, query: string, mediaType: string): Promise<Blob> {
  return (await sent(endpoint, query, mediaType, null)).blob();
}

async function sent(endpoint: string, query: string, accept: string, signal: AbortSignal | null): Promise<Response> {
  const headers = { "Content-Type": "application/sparql-query", Accept: accept };
  let response: Response;
  try {
    response = await fetch(endpoint, { method: "POST", headers, body: query, signal });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new RefusedError({ title: words.failed, detail: words.unreachable });
  }
  if (!response.ok) throw new RefusedError(await problemOf(response));
  return response;
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    return (await response.json()) as Problem;
  } catch {
    return { title: words.failed, detail: `HTTP ${response.status}` };
  }
}
