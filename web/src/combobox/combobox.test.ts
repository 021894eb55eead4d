import { expect, test } from "vitest";
import { next } from "./combobox";

test("arrow keys go round the suggestions by way of the field", () => {
  const down = [-1, 0, 1].map((active) => next(active, 2, true));
  const up = [-1, 0, 1].map((active) => next(active, 2, false));
  expect(down).toEqual([0, 1, -1]);
  expect(up).toEqual([1, -1, 0]);
});
