// A stretch of the text, "start,end" in code points: what a mark, a box and an address name alike.

export type Place = string;

const PLACE = /^\d+,\d+$/;
const FRAGMENT = /^#char=(\d+)(?:,|%2C)(\d+)$/i;

export function placeOfAddress(address: string): Place | undefined {
  const at = new URL(address, location.href).searchParams.get("at");
  return at && PLACE.test(at) ? at : undefined;
}

/** The place that a fragment "#char=start,end" names. */
export function placeOfFragment(fragment: string): Place | undefined {
  const [, start, end] = FRAGMENT.exec(fragment) ?? [];
  return start && end ? `${start},${end}` : undefined;
}

/** The address of this page with a place chosen, or with none. */
export function addressOf(place: Place | undefined): string {
  const address = new URL(location.href);
  if (place) address.searchParams.set("at", place);
  else address.searchParams.delete("at");
  address.hash = place ? `char=${place}` : "";
  return address.href.replaceAll("%2C", ",");
}

export function markAt(place: Place): HTMLElement | null {
  return document.getElementById(`char=${place}`);
}
