// A query is put to the server; to leave it stops it there.

import { answerOfJson, answerOfTriples, type Answer } from "./answer";
import type { Problem } from "./check";
import { readAtMost, wholeLines, wholeSolutions } from "./cut";
import { words } from "./words";

const JSON_RESULTS = "application/sparql-results+json";
const N_TRIPLES = "application/n-triples";
/** More would take the browser seconds, and memory that a telephone does not have. */
const LARGEST_BYTES = 16 * 1024 * 1024;

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
  try {
    return { ...(await readAnswer(response)), seconds: (performance.now() - started) / 1000 };
  } catch (error) {
    if (signal.aborted || error instanceof RefusedError) throw error;
    // The connection broke, or something between the server and here answered in its place.
    throw new RefusedError({ title: words.failed, detail: words.broken });
  }
}

async function readAnswer(response: Response): Promise<Omit<Answered, "seconds">> {
  const type = response.headers.get("Content-Type") ?? "";
  const isJson = type.startsWith(JSON_RESULTS);
  if (!isJson && !type.startsWith(N_TRIPLES)) throw new RefusedError({ title: words.failed, detail: words.broken });
  const read = await readAtMost(response.body ?? new Blob().stream(), LARGEST_BYTES);
  const text = read.isCut ? whole(read.text, isJson) : read.text;
  const answer = isJson ? answerOfJson(text) : answerOfTriples(text);
  if (read.isCut && answer.kind !== "boolean") answer.truncated = { rows: answer.rows.length, next: null };
  return { answer, text };
}

/** What is whole of an answer that was cut. Throws RefusedError. */
function whole(text: string, isJson: boolean): string {
  const found = isJson ? wholeSolutions(text) : wholeLines(text);
  if (found === null) throw new RefusedError({ title: words.failed, detail: words.tooLarge });
  return found;
}

/** An answer as a file in a media type. */
export async function file(endpoint: string, query: string, mediaType: string): Promise<Blob> {
  return (await sent(endpoint, query, mediaType, null)).blob();
}

async function sent(endpoint: string, query: string, accept: string, signal: AbortSignal | null): Promise<Response> {
  // What is refused is told in the language of the page, which need not be that of the browser.
  const language = document.documentElement.lang;
  const headers = { "Content-Type": "application/sparql-query", Accept: accept, "Accept-Language": language };
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
  const told = (await response.json().catch(() => null)) as Partial<Problem> | null;
  return { ...told, title: told?.title ?? words.failed, detail: told?.detail ?? `HTTP ${response.status}` };
}
