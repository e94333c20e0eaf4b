import assert from "node:assert/strict";
import { choosePlanes, planeMinimum } from "./choose_planes.ts";
import { concaveEnvelope, type Plane, type Samples } from "./concave_envelope.ts";

/** A dome over a grid of 6 × 6 × 3, with many planes. */
const DOME: Samples = (() => {
  const rows: number[][] = [];
  for (let i = 0; i < 6; i++) {
    for (let j = 0; j < 6; j++) {
      for (let k = 0; k < 3; k++) rows.push([i, j, k, 60 - i ** 2 - (j - 1) ** 2 - k]);
    }
  }
  const column = (at: number): Float64Array => Float64Array.from(rows, (row) => row[at]!);
  return { u: column(0), v: column(1), w: column(2), height: column(3) };
})();
const PLANES = concaveEnvelope(DOME);

function errorOf(planes: readonly Plane[]): number {
  return planeMinimum(planes, DOME)
    .reduce((sum, value, i) => sum + (value - DOME.height[i]!) ** 2, 0);
}

Deno.test("all planes stay when they are within the limit", () => {
  const limits = { count: PLANES.length, reduction: null };
  assert.deepEqual(choosePlanes(PLANES, 3, DOME, limits), PLANES);
});

Deno.test("the first plane is always kept, and no plane twice", () => {
  for (const count of [1, 2, 7]) {
    const chosen = choosePlanes(PLANES, 3, DOME, { count, reduction: null });
    assert.equal(chosen.length, count);
    assert.equal(chosen[0], PLANES[3]);
    assert.equal(new Set(chosen).size, count);
  }
});

Deno.test("no exchange of one plane fits better than the choice", () => {
  for (const count of [2, 3, 5, 8]) {
    const chosen = choosePlanes(PLANES, 0, DOME, { count, reduction: null });
    const error = errorOf(chosen);
    for (let at = 1; at < chosen.length; at++) {
      for (const plane of PLANES) assert.ok(errorOf(chosen.with(at, plane)) >= error - 1e-9);
    }
  }
});

Deno.test("no two planes are within the angle, and a wider angle leaves fewer", () => {
  const counts = [0, 5, 20, 90].map((toleranceDeg) => {
    const reduction = { method: "angle", toleranceDeg } as const;
    return choosePlanes(PLANES, 0, DOME, { count: 1000, reduction }).length;
  });
  assert.deepEqual(counts, counts.toSorted((a, b) => b - a));
  assert.ok(counts[0]! > counts[2]!, `${counts}`);
  assert.equal(counts[3], 1);
});

Deno.test("units do not matter to angles", () => {
  const tons = (plane: Plane): Plane => [plane[0], plane[1] / 1000, plane[2], plane[3]];
  const wide = { ...DOME, u: DOME.u.map((u) => 1000 * u) };
  const reduction = { method: "angle", toleranceDeg: 10 } as const;
  const chosen = choosePlanes(PLANES, 0, DOME, { count: 1000, reduction });
  const others = choosePlanes(PLANES.map(tons), 0, wide, { count: 1000, reduction });
  assert.equal(others.length, chosen.length);
});

Deno.test("no two planes are within the distance everywhere", () => {
  const choose = (tolerancePct: number): readonly Plane[] => {
    const reduction = { method: "distance", tolerancePct, samples: 64 } as const;
    return choosePlanes(PLANES, 0, DOME, { count: 1000, reduction });
  };
  const top = DOME.height.reduce((a, b) => Math.max(a, b));
  const chosen = choose(20);
  assert.ok(chosen.length < choose(1).length);
  for (const a of chosen) {
    for (const b of chosen) {
      if (a === b) continue;
      const apart = DOME.u.map((u, i) =>
        Math.abs(
          a[0] - b[0] + (a[1] - b[1]) * u + (a[2] - b[2]) * DOME.v[i]! +
            (a[3] - b[3]) * DOME.w[i]!,
        )
      );
      // The corners are among the samples of this test, so the greatest difference is here.
      assert.ok(Math.max(...apart) > 0.2 * top * 0.99);
    }
  }
});
