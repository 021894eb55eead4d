import { describe, expect, it } from "vitest";
import type { Knowledge } from "./knowledge";
import { fromFragment, History, toFragment, type View } from "./view";

const known = { base: "https://w3id.org/guanlian/" } as Knowledge;
const view: View = {
  nodes: [
    { iri: "https://w3id.org/guanlian/id/org/000000-ada5bca9", x: -12, y: 40, pinned: true },
    { iri: "https://w3id.org/guanlian/id/prj/甲;乙@丙&丁=戊#己", x: 0, y: 0, pinned: false },
    { iri: "http://www.example.org/thing(1)", x: 7, y: -7, pinned: false },
  ],
  hidden: ["internal-office", "document"],
  year: "2022",
};

describe("a view in an address", () => {
  it("is read as it was written", () => {
    expect(fromFragment(known, `#${toFragment(known, view)}`)).toEqual(view);
  });

  it("has nothing in it that an address would change", () => {
    const fragment = toFragment(known, view);
    expect(new URL(`http://host/#${fragment}`).hash).toBe(`#${fragment}`);
  });

  it("without things is no view", () => {
    expect(fromFragment(known, "#v1=")).toBeNull();
    expect(fromFragment(known, "#other")).toBeNull();
  });

  it("leaves out what it cannot read", () => {
    const read = fromFragment(known, "#v1=id/a@1,2;id/b@x,y;@3,4;id/c&year=last");
    expect(read?.nodes.map((node) => node.iri)).toEqual(["https://w3id.org/guanlian/id/a"]);
    expect(read?.year).toBe("");
  });
});

describe("a history", () => {
  const views = ["", "2021", "2022"].map((year): View => ({ nodes: [], hidden: [], year }));

  it("goes back and forth, and forgets what was undone when something else is done", () => {
    const history = new History(views[0]!);
    history.note(views[1]!);
    history.note(views[2]!);
    expect(history.undo()).toBe(views[1]);
    expect(history.undo()).toBe(views[0]);
    expect(history.undo()).toBeNull();
    expect(history.redo()).toBe(views[1]);
    history.note(views[0]!);
    expect(history.canRedo).toBe(false);
  });
});
