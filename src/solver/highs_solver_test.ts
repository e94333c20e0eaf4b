import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { HighsInstance } from "./highs_instance.ts";
import { HighsSolver } from "./highs_solver.ts";
import type { LpSolver } from "./lp_solver.ts";

/** Stands in for HiGHS: takes everything, and counts how often it was freed. */
function standIn(onDestroy: () => void): HighsInstance {
  const own = { destroyed: false };
  return new Proxy({} as HighsInstance, {
    get(_, name) {
      if (name === "destroyed") return own.destroyed;
      if (name !== "destroy") return () => 0;
      return () => {
        if (!own.destroyed) onDestroy();
        own.destroyed = true;
      };
    },
  });
}

function countingSolver(): { solver: LpSolver; freed(): number; unloaded(): number } {
  let freed = 0;
  let unloaded = 0;
  const solver = new HighsSolver(
    { kind: "native", version: "0", path: "stand-in" },
    () => standIn(() => freed++),
    () => unloaded++,
  );
  return { solver, freed: () => freed, unloaded: () => unloaded };
}

Deno.test("closing a model frees it once", () => {
  const { solver, freed } = countingSolver();
  {
    using model = solver.createModel();
    model.close();
    assert.equal(freed(), 1);
  }
  solver.close();
  assert.equal(freed(), 1);
});

Deno.test("closing a solver closes its models, unloads once and makes no more", () => {
  const { solver, freed, unloaded } = countingSolver();
  const models = [solver.createModel(), solver.createModel()];
  solver.close();
  solver.close();
  assert.deepEqual(models.map((model) => model.closed), [true, true]);
  assert.deepEqual([freed(), unloaded()], [2, 1]);
  assert.throws(() => models[0]!.solve(), /the model is closed/);
  assert.throws(() => solver.createModel(), /the solver is closed/);
});

Deno.test("a model that is dropped without closing is freed when it is collected", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const { solver, freed } = countingSolver();
  const kept = solver.createModel();
  (() => {
    for (let i = 0; i < 50; i++) solver.createModel();
  })();
  for (let round = 0; round < 20 && freed() < 49; round++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.ok(freed() >= 49, `${freed()} of 50 were freed`);
  assert.equal(kept.closed, false);
  solver.close();
  assert.equal(freed(), 51);
});

Deno.test("a model whose options are refused leaves nothing behind", () => {
  let freed = 0;
  const refusing = new Proxy(standIn(() => freed++), {
    get: (target, name) => name === "setIntOption" ? () => -1 : Reflect.get(target, name),
  });
  const identity = { kind: "native", version: "0", path: null } as const;
  const solver = new HighsSolver(identity, () => refusing, () => {});
  assert.throws(() => solver.createModel(), /refused option threads/);
  assert.equal(freed, 1);
});
