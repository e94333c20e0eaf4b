/** The Parquet files of penalty overrides: costs above 0 per element and stage. */
import {
  ALL_BLOCKS,
  HYDRO_PENALTY_FIELDS,
  type HydroPenaltyField,
  type Overrides,
} from "../../model/mod.ts";
import {
  entity,
  type FileName,
  key,
  onlyNew,
  optionalReal,
  renamed,
  rule,
  type TableSpec,
  type ValueColumn,
} from "./spec.ts";

type PenaltySpec<F extends string> = TableSpec<"entity_id" | "stage_id", F>;

function penalties<F extends string>(
  file: string,
  label: string,
  column: FileName,
  values: readonly ValueColumn<F>[],
): PenaltySpec<F> {
  return {
    file,
    keys: [entity("entity_id", label, column), key("stage_id", "stage")],
    values,
    duplicates: { mode: "join", rule: "N-12" },
    foreign: [{
      name: "block_id",
      type: "i32",
      remedy: "Costs hold for a stage as a whole: remove the column",
    }],
    rules: [
      rule("B6", "OutOfRange", file, "Costs are finite and above 0 where given"),
      rule("N-12", "DuplicateId", file, "A cost is given once per element and stage"),
    ],
  };
}

function cost<const N extends string>(name: N, column: FileName = name): ValueColumn<N> {
  return optionalReal(name, "positive", "B6", column);
}

/** Costs of buses. */
export const BUS_PENALTIES = penalties(
  "constraints/penalty_overrides_bus.parquet",
  "bus",
  "bus_id",
  [cost("excess_cost")],
);

/** Costs of lines. */
export const LINE_PENALTIES = penalties(
  "constraints/penalty_overrides_line.parquet",
  "line",
  "line_id",
  [cost("exchange_cost")],
);

/** Costs of sources. */
export const SOURCE_PENALTIES = penalties(
  "constraints/penalty_overrides_ncs.parquet",
  "source",
  renamed("source_id", "ncs_id"),
  [cost("curtailment_cost")],
);

/** A symmetric cost of the file, and the two directions that it stands for. */
const SYMMETRIC = {
  evaporation_violation_cost: [
    "evaporation_violation_pos_cost",
    "evaporation_violation_neg_cost",
  ],
  water_withdrawal_violation_cost: [
    "water_withdrawal_violation_pos_cost",
    "water_withdrawal_violation_neg_cost",
  ],
} as const satisfies Record<string, readonly HydroPenaltyField[]>;

type SymmetricField = keyof typeof SYMMETRIC;
const SYMMETRIC_FIELDS = Object.keys(SYMMETRIC) as SymmetricField[];

const HYDRO_COLUMNS: Readonly<Partial<Record<HydroPenaltyField, FileName>>> = {
  turbined_cost: renamed("fpha_turbined_cost", "turbined_cost"),
  evaporation_violation_pos_cost: onlyNew("evaporation_violation_pos_cost"),
  evaporation_violation_neg_cost: onlyNew("evaporation_violation_neg_cost"),
  water_withdrawal_violation_pos_cost: onlyNew("water_withdrawal_violation_pos_cost"),
  water_withdrawal_violation_neg_cost: onlyNew("water_withdrawal_violation_neg_cost"),
  inflow_nonnegativity_cost: onlyNew("inflow_nonnegativity_cost"),
};

/** Costs of hydros, as in the file. */
export const HYDRO_PENALTIES: PenaltySpec<HydroPenaltyField | SymmetricField> = penalties(
  "constraints/penalty_overrides_hydro.parquet",
  "hydro",
  "hydro_id",
  [
    ...HYDRO_PENALTY_FIELDS.map((name) => cost(name, HYDRO_COLUMNS[name] ?? name)),
    ...SYMMETRIC_FIELDS.map((name) => cost(name)),
  ] as ValueColumn<HydroPenaltyField | SymmetricField>[],
);

/** Penalty rows hold for all blocks; in the model they carry that like every override. */
export function overridesOf<F extends string>(
  table: Omit<Overrides<F>, "block_id">,
): Overrides<F> {
  const block_id = new Int32Array(table.rows).fill(ALL_BLOCKS);
  return { ...table, block_id } as unknown as Overrides<F>;
}

/**
 * The costs of hydros by direction: a symmetric cost stands for both directions, unless the row
 * gives the directional one, as at the tier of entities.
 */
export function directionalPenalties(
  table: Omit<Overrides<HydroPenaltyField | SymmetricField>, "block_id">,
): Overrides<HydroPenaltyField> {
  const columns: Record<string, unknown> = { ...table };
  for (const symmetric of SYMMETRIC_FIELDS) {
    const values = table[symmetric];
    for (const direction of SYMMETRIC[symmetric]) {
      columns[direction] = table[direction].map((own, row) =>
        Number.isNaN(own) ? values[row]! : own
      );
    }
    delete columns[symmetric];
  }
  return overridesOf(columns as unknown as Omit<Overrides<HydroPenaltyField>, "block_id">);
}
