// Files that the reader keeps.

import { element } from "../page/element";

/** Let the reader save some content as a file. */
export function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
