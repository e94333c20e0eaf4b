import assert from "node:assert/strict";
import { findSlot, manifestOf, slotRange, stateManifests } from "./state_manifest.ts";
import { tinyHydro, tinyStage, tinySystem, tinyThermal } from "./testing/tiny_system.ts";

Deno.test("slots are in the order of kind, sub-index and id, whatever the order of declaration", () => {
  const lag = (entityId: number, sub: number) => ({
    kind: "inflow_lag" as const,
    entityId,
    entity: entityId,
    sub,
  });
  const storage = { kind: "storage" as const, entityId: 4, entity: 0, sub: 0 };
  const manifest = manifestOf([lag(2, 2), lag(1, 1), lag(2, 1), storage, lag(1, 2)]);
  assert.deepEqual(
    manifest.slots.map(({ kind, entityId, sub }) => `${kind} ${entityId} ${sub}`),
    ["storage 4 0", "inflow_lag 1 1", "inflow_lag 2 1", "inflow_lag 1 2", "inflow_lag 2 2"],
  );
  assert.deepEqual(slotRange(manifest, "inflow_lag"), [1, 5]);
  assert.deepEqual(slotRange(manifest, "commitment"), [5, 5]);
  assert.equal(findSlot(manifest, "inflow_lag", 2, 2), 4);
  assert.equal(findSlot(manifest, "inflow_lag", 2, 3), -1);
});

Deno.test("water and dispatch are part of the state only while they are under way", () => {
  const system = tinySystem({
    stages: [0, 1, 2, 3].map((id) => tinyStage(id, [100])),
    hydros: [
      tinyHydro({ id: 0, downstreamId: 1, travelTimeHours: 150 }),
      tinyHydro({ id: 1 }),
    ],
    thermals: [tinyThermal({ anticipated: { leadStages: 2 }, entryStageId: 1 })],
  });
  const under = stateManifests(system).map(({ slots }) =>
    slots.filter(({ kind }) => kind !== "storage").map(({ kind, sub }) => `${kind} ${sub}`)
  );
  const water = ["travelling_water 0", "travelling_water 1"];
  assert.deepEqual(under, [
    // The plant does not yet deliver in the first stage.
    [...water, "commitment 1"],
    [...water, "commitment 0", "commitment 1"],
    [...water, "commitment 0", "commitment 1"],
    ["travelling_water 0", "commitment 0"],
    [],
  ]);
});
