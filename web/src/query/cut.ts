// An answer that is larger than a page can hold is read as far as it goes, and cut behind its last whole row.

/** What was read of an answer; `isCut`: there was more. */
export interface ReadText {
  text: string;
  isCut: boolean;
}

const MOST_TRIES = 100;

/** The text of an answer, at most about so many bytes of it; the rest is not waited for, and the server stops. */
export async function readAtMost(body: ReadableStream<Uint8Array>, bytes: number): Promise<ReadText> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const parts: string[] = [];
  for (let read = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return { text: parts.join("") + decoder.decode(), isCut: false };
    parts.push(decoder.decode(value, { stream: true }));
    read += value.byteLength;
    if (read > bytes) {
      await reader.cancel();
      return { text: parts.join(""), isCut: true };
    }
  }
}

/** The beginning of SPARQL JSON results, ended behind the last solution that is whole; null when there is none. */
export function wholeSolutions(text: string): string | null {
  let end = text.length;
  for (let tries = 0; tries < MOST_TRIES && end > 0; tries++) {
    end = text.lastIndexOf("},{", end - 1);
    const closed = `${text.slice(0, end + 1)}]}}`;
    if (end > 0 && isJson(closed)) return closed;
  }
  return null;
}

/** The beginning of N-Triples up to the last line that is whole. */
export function wholeLines(text: string): string {
  return text.slice(0, text.lastIndexOf("\n") + 1);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
