// Where new things stand: springs along the lines, all pushing each other away, and no name over another.
// What is fixed never moves. Nothing is left to chance: the same graph has the same layout.

export interface Box {
  id: string;
  x: number;
  y: number;
  /** Room for the thing and its name. */
  width: number;
  height: number;
  fixed: boolean;
}

const STEPS = 220;
const PUSHES = 120;
const GRAVITY = 0.012;

/** The boxes moved to their places; `length` is what a line would like to be. */
export function settle(boxes: Box[], lines: [string, string][], length: number): void {
  const numbers = new Map(boxes.map((box, number) => [box.id, number]));
  const pairs = lines
    .map(([one, other]) => [boxes[numbers.get(one) ?? -1], boxes[numbers.get(other) ?? -1]] as const)
    .filter((pair): pair is readonly [Box, Box] => pair[0] !== undefined && pair[1] !== undefined && pair[0] !== pair[1]);
  const degrees = new Map<Box, number>();
  for (const box of pairs.flat()) degrees.set(box, (degrees.get(box) ?? 0) + 1);
  for (let step = 0; step < STEPS; step += 1) relax(boxes, pairs, degrees, length, (1 - step / STEPS) * length);
  for (let push = 0; push < PUSHES && spread(boxes); push += 1);
}

function relax(boxes: Box[], pairs: (readonly [Box, Box])[], degrees: Map<Box, number>, length: number, farthest: number): void {
  const forces = new Map(boxes.map((box) => [box, repulsion(box, boxes, length)]));
  for (const [one, other] of pairs) {
    const [dx, dy] = [other.x - one.x, other.y - one.y];
    // A line of a hub pulls less, so that what is joined to much is not drawn into one heap.
    const pull = Math.hypot(dx, dy) / length / Math.sqrt(Math.min(degrees.get(one) ?? 1, degrees.get(other) ?? 1));
    add(forces.get(one), dx * pull, dy * pull);
    add(forces.get(other), -dx * pull, -dy * pull);
  }
  const centre = middle(boxes);
  for (const [box, force] of forces) {
    if (box.fixed) continue;
    add(force, (centre.x - box.x) * GRAVITY, (centre.y - box.y) * GRAVITY);
    const size = Math.hypot(force.x, force.y) || 1;
    const far = Math.min(size, farthest) / size;
    box.x += force.x * far;
    box.y += force.y * far;
  }
}

interface Point {
  x: number;
  y: number;
}

function repulsion(box: Box, boxes: Box[], length: number): Point {
  const force = { x: 0, y: 0 };
  for (const other of boxes) {
    if (other === box) continue;
    const [dx, dy] = [box.x - other.x, box.y - other.y];
    const square = Math.max(dx * dx + dy * dy, 1);
    add(force, (dx * length * length) / square, (dy * length * length) / square);
  }
  return force;
}

function add(force: Point | undefined, x: number, y: number): void {
  if (!force) return;
  force.x += x;
  force.y += y;
}

function middle(boxes: Box[]): Point {
  const sum = { x: 0, y: 0 };
  for (const box of boxes) add(sum, box.x / boxes.length, box.y / boxes.length);
  return sum;
}

/** Push apart boxes that overlap, along the shorter way; whether any did. */
function spread(boxes: Box[]): boolean {
  let moved = false;
  for (const [number, one] of boxes.entries()) {
    for (const other of boxes.slice(number + 1)) {
      if (one.fixed && other.fixed) continue;
      const x = (one.width + other.width) / 2 - Math.abs(one.x - other.x);
      const y = (one.height + other.height) / 2 - Math.abs(one.y - other.y);
      if (x <= 0 || y <= 0) continue;
      moved = true;
      const [dx, dy] = x < y ? [one.x < other.x ? -x : x, 0] : [0, one.y < other.y ? -y : y];
      const share = one.fixed ? 0 : other.fixed ? 1 : 0.5;
      one.x += dx * share;
      one.y += dy * share;
      other.x -= dx * (1 - share);
      other.y -= dy * (1 - share);
    }
  }
  return moved;
}
