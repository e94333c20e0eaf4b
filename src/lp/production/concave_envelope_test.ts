import assert from "node:assert/strict";
import fc from "fast-check";
import { type LpModel, openSolver } from "../../solver/mod.ts";
import { concaveEnvelope, type Plane, type Samples } from "./concave_envelope.ts";

/** Samples on a grid with whole coordinates. */
function grid(
  counts: readonly [number, number, number],
  height: (u: number, v: number, w: number) => number,
): Samples {
  const rows: [number, number, number, number][] = [];
  for (let i = 0; i < counts[0]; i++) {
    for (let j = 0; j < counts[1]; j++) {
      for (let k = 0; k < counts[2]; k++) rows.push([i, j, k, height(i, j, k)]);
    }
  }
  return samplesOf(rows);
}

function samplesOf(rows: readonly (readonly number[])[]): Samples {
  const column = (at: number): Float64Array => Float64Array.from(rows, (row) => row[at]!);
  return { u: column(0), v: column(1), w: column(2), height: column(3) };
}

function minimum(planes: readonly Plane[], u: number, v: number, w: number): number {
  return Math.min(...planes.map((c) => c[0] + c[1] * u + c[2] * v + c[3] * w));
}

/** The envelope by its definition: the greatest mean height of samples whose mean is the place. */
function byDefinition(model: LpModel, samples: Samples, place: readonly number[]): number {
  const count = samples.height.length;
  const values: number[] = [];
  for (let i = 0; i < count; i++) values.push(1, samples.u[i]!, samples.v[i]!, samples.w[i]!);
  const right = Float64Array.of(1, ...place);
  model.load({
    columnCosts: samples.height.map((h) => -h),
    columnLower: new Float64Array(count),
    columnUpper: new Float64Array(count).fill(Infinity),
    rowLower: right,
    rowUpper: right,
    matrix: {
      orientation: "columns",
      starts: Int32Array.from({ length: count + 1 }, (_, i) => 4 * i),
      indices: Int32Array.from({ length: 4 * count }, (_, k) => k % 4),
      values: Float64Array.from(values),
    },
    offset: 0,
  });
  assert.equal(model.solve(), "optimal");
  return -model.objective();
}

const counts = fc.tuple(
  fc.integer({ min: 2, max: 4 }),
  fc.integer({ min: 2, max: 4 }),
  fc.integer({ min: 2, max: 3 }),
);
/** Few different heights make many samples coplanar, many make none. */
const heights = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.double({ min: 0, max: 3, noNaN: true }),
);

Deno.test("the envelope is what its definition says, by a linear program at any place", async () => {
  using solver = await openSolver({ kind: "wasm", path: null });
  using model = solver.createModel();
  fc.assert(
    fc.property(
      counts.chain((n) =>
        fc.record({
          n: fc.constant(n),
          height: fc.array(heights, {
            minLength: n[0] * n[1] * n[2],
            maxLength: n[0] * n[1] * n[2],
          }),
          places: fc.array(
            fc.tuple(...n.map((k) => fc.double({ min: 0, max: k - 1, noNaN: true }))),
            { minLength: 3, maxLength: 3 },
          ),
        })
      ),
      ({ n, height, places }) => {
        let at = 0;
        const samples = grid(n, () => height[at++]!);
        const planes = concaveEnvelope(samples);
        for (let i = 0; i < height.length; i++) {
          const value = minimum(planes, samples.u[i]!, samples.v[i]!, samples.w[i]!);
          assert.ok(value >= height[i]! - 1e-12, `sample ${i} lies above the envelope`);
        }
        const corners = [[0, 0, 0], n.map((k) => k - 1), [0, n[1] - 1, 0]];
        for (const place of [...places, ...corners]) {
          const [u, v, w] = place as [number, number, number];
          const wanted = byDefinition(model, samples, place);
          const found = minimum(planes, u, v, w);
          assert.ok(Math.abs(found - wanted) < 1e-6, `${found}, wanted ${wanted} at ${place}`);
        }
      },
    ),
    { numRuns: 60 },
  );
});

Deno.test("samples need not be on a grid", async () => {
  using solver = await openSolver({ kind: "wasm", path: null });
  using model = solver.createModel();
  const coordinate = fc.double({ min: -1, max: 1, noNaN: true });
  const corners = [-1, 1].flatMap((u) => [-1, 1].flatMap((v) => [-1, 1].map((w) => [u, v, w, 0])));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(coordinate, coordinate, coordinate, heights), { maxLength: 20 }),
      fc.tuple(coordinate, coordinate, coordinate),
      (rows, place) => {
        const samples = samplesOf([...corners, ...rows]);
        const planes = concaveEnvelope(samples);
        const found = minimum(planes, ...place);
        const wanted = byDefinition(model, samples, place);
        assert.ok(Math.abs(found - wanted) < 1e-5, `${found}, wanted ${wanted} at ${place}`);
      },
    ),
    { numRuns: 60 },
  );
});

Deno.test("samples of one plane give that plane alone", () => {
  const planes = concaveEnvelope(grid([5, 6, 4], (u, v, w) => 3 + 0.25 * u + 2 * v - w));
  assert.equal(planes.length, 1);
  planes[0]!.forEach((c, i) => assert.ok(Math.abs(c - [3, 0.25, 2, -1][i]!) < 1e-9));
});

Deno.test("a product of two variables has the two planes of McCormick", () => {
  const planes = concaveEnvelope(grid([4, 5, 2], (u, v) => u * v))
    .map((plane) => plane.map((c) => Math.round(c * 1e6) / 1e6 + 0))
    .sort((a, b) => a[1]! - b[1]!);
  // u·v ≤ 3·v and u·v ≤ 4·u on [0, 3] × [0, 4].
  assert.deepEqual(planes, [[0, 0, 3, 0], [0, 4, 0, 0]]);
});

Deno.test("a concave function is met at every sample, and the planes come in one order", () => {
  const samples = grid([12, 10, 6], (u, v, w) => -((u - 3) ** 2) - 0.5 * v ** 2 - 0.1 * w ** 2);
  const planes = concaveEnvelope(samples);
  for (let i = 0; i < samples.height.length; i++) {
    const value = minimum(planes, samples.u[i]!, samples.v[i]!, samples.w[i]!);
    assert.ok(Math.abs(value - samples.height[i]!) < 1e-6);
  }
  assert.deepEqual(concaveEnvelope(samples), planes);
});

Deno.test("samples on one plane of the base are refused", () => {
  const flat = samplesOf([[0, 0, 0, 1], [1, 0, 0, 2], [0, 1, 0, 3], [1, 1, 0, 3]]);
  assert.throws(() => concaveEnvelope(flat), /do not span a volume/);
});
