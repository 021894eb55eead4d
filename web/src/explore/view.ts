// A view: which things are shown and where, as it is undone, shared by its address, and loaded again.

import { short, whole, type Knowledge } from "./knowledge";

export interface Placed {
  iri: string;
  x: number;
  y: number;
  pinned: boolean;
}

export interface View {
  nodes: Placed[];
  /** Kinds that are hidden. */
  hidden: string[];
  /** The fiscal year that is kept; all when empty. */
  year: string;
}

const SAFE = /[^\w/.~-]/g;

function written(text: string): string {
  return text.replace(SAFE, (character) => encodeURIComponent(character).replace(/[!'()*;@]/g, hexadecimal));
}

function hexadecimal(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** The view as the fragment of an address: `v1=path@x,y;path@x,y,p&hide=…&year=…`. */
export function toFragment(known: Knowledge, view: View): string {
  const nodes = view.nodes.map(
    (node) => `${written(short(known, node.iri))}@${Math.round(node.x)},${Math.round(node.y)}${node.pinned ? ",p" : ""}`,
  );
  const parts = [`v1=${nodes.join(";")}`];
  if (view.hidden.length) parts.push(`hide=${view.hidden.map(written).join(";")}`);
  if (view.year) parts.push(`year=${written(view.year)}`);
  return parts.join("&");
}

/** The view of a fragment; null where it holds none. */
export function fromFragment(known: Knowledge, fragment: string): View | null {
  const parts = new Map(fragment.replace(/^#/, "").split("&").map((part) => cut(part, "=")));
  const nodes = parts.get("v1");
  if (!nodes) return null;
  const placed = nodes.split(";").map((text) => readNode(known, text));
  return {
    nodes: placed.filter((node): node is Placed => node !== null),
    hidden: (parts.get("hide") ?? "").split(";").filter(Boolean).map(decoded),
    year: /^\d{4}$/.test(parts.get("year") ?? "") ? (parts.get("year") ?? "") : "",
  };
}

function readNode(known: Knowledge, text: string): Placed | null {
  const [name, place] = cut(text, "@");
  const [x, y, pinned] = place.split(",");
  const at = [Number(x), Number(y)] as const;
  if (!name || !at.every(Number.isFinite)) return null;
  return { iri: whole(known, decoded(name)), x: at[0], y: at[1], pinned: pinned === "p" };
}

function cut(text: string, at: string): [string, string] {
  const place = text.indexOf(at);
  return place < 0 ? [text, ""] : [text.slice(0, place), text.slice(place + at.length)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The views that were, and those that were undone. */
export class History {
  private past: View[] = [];
  private future: View[] = [];

  private now: View;

  constructor(now: View) {
    this.now = now;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  /** Note what the view is after something was done. */
  note(view: View): void {
    this.past.push(this.now);
    this.now = view;
    this.future = [];
  }

  /** The same view with its things elsewhere: no step of its own. */
  touch(view: View): void {
    this.now = view;
  }

  undo(): View | null {
    return this.go(this.past, this.future);
  }

  redo(): View | null {
    return this.go(this.future, this.past);
  }

  private go(from: View[], to: View[]): View | null {
    const view = from.pop();
    if (!view) return null;
    to.push(this.now);
    this.now = view;
    return view;
  }
}
