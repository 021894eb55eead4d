import { describe, expect, it } from "vitest";
import { settle, type Box } from "./layout";

function boxes(count: number, fixed: number): Box[] {
  return Array.from({ length: count }, (_, number) => ({
    id: String(number),
    x: (number % 5) * 40,
    y: Math.floor(number / 5) * 40,
    width: 100,
    height: 60,
    fixed: number < fixed,
  }));
}

const star = (count: number): [string, string][] => Array.from({ length: count - 1 }, (_, number) => ["0", String(number + 1)]);

function overlaps(all: Box[]): number {
  return all.flatMap((one, number) => all.slice(number + 1).filter((other) => isOver(one, other))).length;
}

function isOver(one: Box, other: Box): boolean {
  const [x, y] = [Math.abs(one.x - other.x), Math.abs(one.y - other.y)];
  return x < (one.width + other.width) / 2 - 1 && y < (one.height + other.height) / 2 - 1 && !(one.fixed && other.fixed);
}

describe("a layout", () => {
  it("puts no name over another", () => {
    for (const count of [1, 2, 15, 60]) {
      const all = boxes(count, 0);
      settle(all, star(count), 105);
      expect(overlaps(all)).toBe(0);
    }
  });

  it("moves nothing that is fixed", () => {
    const all = boxes(30, 12);
    const before = all.slice(0, 12).map(({ x, y }) => [x, y]);
    settle(all, star(30), 105);
    expect(all.slice(0, 12).map(({ x, y }) => [x, y])).toEqual(before);
  });

  it("is the same again", () => {
    const [one, other] = [boxes(25, 3), boxes(25, 3)];
    settle(one, star(25), 105);
    settle(other, star(25), 105);
    expect(one).toEqual(other);
  });

  it("takes lines to what is not there as none", () => {
    const all = boxes(2, 0);
    settle(all, [["0", "elsewhere"]], 105);
    expect(all.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
  });
});
