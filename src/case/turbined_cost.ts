/**
 * The cost of turbined flow. The older layout means it for stages with the model fpha only, the
 * newer one for all; the model knows the newer meaning.
 */
import {
  ALL_BLOCKS,
  type Hydro,
  HYDRO_PENALTY_FIELDS,
  type HydroPenaltyField,
  NO_VALUE,
  type Overrides,
  type Stage,
} from "../model/mod.ts";

/** Plants and overrides in which the cost holds where the older layout means it. */
export interface RestrictedCosts {
  readonly hydros: readonly Hydro[];
  readonly overrides: Overrides<HydroPenaltyField>;
}

/**
 * Takes the cost away from stages without the model fpha: for plants that never use it on the plant
 * itself, for others by overrides of zero in the stages concerned. Both lists are sorted by key.
 */
export function restrictTurbinedCost(
  hydros: readonly Hydro[],
  overrides: Overrides<HydroPenaltyField>,
  stages: readonly Stage[],
): RestrictedCosts {
  const positions = new Map(stages.map((stage, position) => [stage.id, position]));
  const fphaAt = new Map(hydros.map((hydro) => [hydro.id, fphaStages(hydro, stages.length)]));
  const extra: Row[] = [];
  const restricted = hydros.map((hydro) => {
    const fpha = fphaAt.get(hydro.id)!;
    if (!fpha.includes(1)) return { ...hydro, costs: { ...hydro.costs, turbined: 0 } };
    if (hydro.costs.turbined > 0) {
      stages.forEach((stage, position) => {
        if (fpha[position] === 0) extra.push({ entityId: hydro.id, stageId: stage.id });
      });
    }
    return hydro;
  });
  return { hydros: restricted, overrides: withoutCost(overrides, extra, fphaAt, positions) };
}

interface Row {
  readonly entityId: number;
  readonly stageId: number;
}

function fphaStages(hydro: Hydro, count: number): Uint8Array {
  const fpha = new Uint8Array(count);
  for (const { from, to, choice } of hydro.production) {
    if (choice.kind === "fpha") fpha.fill(1, from, to);
  }
  return fpha;
}

/** The overrides with the extra rows of zero cost merged in, and no other cost in such stages. */
function withoutCost(
  table: Overrides<HydroPenaltyField>,
  extra: readonly Row[],
  fphaAt: ReadonlyMap<number, Uint8Array>,
  positions: ReadonlyMap<number, number>,
): Overrides<HydroPenaltyField> {
  const wanted = new Set(extra.map(({ entityId, stageId }) => `${entityId},${stageId}`));
  const rows: (Row & { readonly source: number; readonly turbined: number })[] = [];
  for (let row = 0; row < table.rows; row++) {
    const entityId = table.entity_id[row]!;
    const stageId = table.stage_id[row]!;
    const position = positions.get(stageId);
    const fpha = position === undefined || fphaAt.get(entityId)?.[position] !== 0;
    const zero = wanted.delete(`${entityId},${stageId}`);
    const turbined = zero ? 0 : fpha ? table.turbined_cost[row]! : NO_VALUE;
    rows.push({ entityId, stageId, source: row, turbined });
  }
  for (const { entityId, stageId } of extra) {
    if (wanted.has(`${entityId},${stageId}`)) {
      rows.push({ entityId, stageId, source: -1, turbined: 0 });
    }
  }
  rows.sort((a, b) => a.entityId - b.entityId || a.stageId - b.stageId || a.source - b.source);
  const column = (values: Float64Array) =>
    Float64Array.from(rows, ({ source }) => source < 0 ? NO_VALUE : values[source]!);
  const values = Object.fromEntries(
    HYDRO_PENALTY_FIELDS.map((field) => [field, column(table[field])]),
  ) as Record<HydroPenaltyField, Float64Array>;
  return {
    rows: rows.length,
    entity_id: Int32Array.from(rows, (row) => row.entityId),
    stage_id: Int32Array.from(rows, (row) => row.stageId),
    block_id: Int32Array.from(
      rows,
      ({ source }) => source < 0 ? ALL_BLOCKS : table.block_id[source]!,
    ),
    ...values,
    turbined_cost: Float64Array.from(rows, (row) => row.turbined),
  };
}
