/** Layer 5: the graph of rivers, and bounds of plants. */
import type { Hydro } from "../../model/mod.ts";
import { type Rule, rule } from "../rule.ts";
import { listed, named } from "../wording.ts";

const FILE = "system/hydros.json";

/** Loops of `downstream_id`, each once and from its least id; every plant has one way out at most. */
function loops(hydros: readonly Hydro[]): Hydro[][] {
  const byId = new Map(hydros.map((hydro) => [hydro.id, hydro]));
  const finished = new Set<number>();
  const found: Hydro[][] = [];
  for (const start of hydros) {
    const way: Hydro[] = [];
    const positions = new Map<number, number>();
    let hydro: Hydro | undefined = start;
    while (hydro !== undefined && !finished.has(hydro.id) && !positions.has(hydro.id)) {
      positions.set(hydro.id, way.length);
      way.push(hydro);
      hydro = hydro.downstreamId === null ? undefined : byId.get(hydro.downstreamId);
    }
    const entry = hydro === undefined ? undefined : positions.get(hydro.id);
    if (entry !== undefined) found.push(fromLeastId(way.slice(entry)));
    for (const { id } of way) finished.add(id);
  }
  return found;
}

function fromLeastId(loop: readonly Hydro[]): Hydro[] {
  let least = 0;
  loop.forEach((hydro, position) => {
    if (hydro.id < loop[least]!.id) least = position;
  });
  return [...loop.slice(least), ...loop.slice(0, least)];
}

/** The rules. */
export const rules: readonly Rule[] = [
  rule({
    id: "H1",
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "error",
    file: FILE,
    description: "Water that leaves a plant never comes back to it by downstream_id",
    check({ system }, report) {
      for (const loop of loops(system.hydros)) {
        const first = loop[0]!;
        const ids = loop.map(({ id }) => id);
        const detail = loop.length === 1
          ? `hydro ${first.id} flows into itself`
          : `hydros ${listed(ids)} flow into one another in a circle`;
        report.found(
          `${named("Hydro", first)} has downstream_id ${first.downstreamId}: ${detail}`,
          { entity_id: first.id, detail, at: ["downstream_id"] },
          "Correct downstream_id of one of them, so that the cascade ends at the sea",
        );
      }
    },
  }),
  rule({
    id: "H1.diversion",
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "error",
    file: FILE,
    description: "A diversion leads to another plant",
    check({ system }, report) {
      for (const hydro of system.hydros) {
        if (hydro.diversion?.downstreamId !== hydro.id) continue;
        report.found(
          `${named("Hydro", hydro)} diverts its water into itself`,
          {
            entity_id: hydro.id,
            detail: "diversion.downstream_id is the plant itself",
            at: ["diversion", "downstream_id"],
          },
          "Name the plant that receives the water, or remove the diversion",
        );
      }
    },
  }),
  rule({
    id: "H4",
    layer: 5,
    kind: "CapacityViolation",
    severity: "error",
    file: FILE,
    description: "The least outflow of a plant does not exceed the greatest",
    check({ system }, report) {
      for (const hydro of system.hydros) {
        const { minOutflowM3s: least, maxOutflowM3s: most } = hydro;
        if (most === null || least <= most) continue;
        report.found(
          `${named("Hydro", hydro)} has min_outflow_m3s ${least} above max_outflow_m3s ${most}`,
          {
            entity_id: hydro.id,
            field_min: "outflow.min_outflow_m3s",
            value_min: least,
            field_max: "outflow.max_outflow_m3s",
            value_max: most,
            at: ["outflow", "min_outflow_m3s"],
          },
        );
      }
    },
  }),
];
