/** Linear constraints that users add to the stage problem. */

/** What a term of a user's constraint may refer to. */
export const GENERIC_VARIABLES = {
  hydro_storage: { entity: "hydro", block: "never" },
  hydro_storage_initial: { entity: "hydro", block: "never" },
  hydro_storage_final: { entity: "hydro", block: "never" },
  hydro_useful_volume_initial: { entity: "hydro", block: "never" },
  hydro_useful_volume_final: { entity: "hydro", block: "never" },
  hydro_evaporation: { entity: "hydro", block: "dialect" },
  hydro_withdrawal: { entity: "hydro", block: "never" },
  hydro_inflow: { entity: "hydro", block: "never" },
  hydro_turbined: { entity: "hydro", block: "optional" },
  hydro_spillage: { entity: "hydro", block: "optional" },
  hydro_diversion: { entity: "hydro", block: "optional" },
  hydro_outflow: { entity: "hydro", block: "optional" },
  hydro_generation: { entity: "hydro", block: "optional" },
  thermal_generation: { entity: "thermal", block: "optional" },
  anticipated_decision: { entity: "thermal", block: "never" },
  line_direct: { entity: "line", block: "optional" },
  line_reverse: { entity: "line", block: "optional" },
  line_exchange: { entity: "line", block: "optional" },
  bus_deficit: { entity: "bus", block: "optional" },
  bus_excess: { entity: "bus", block: "optional" },
  pumping_flow: { entity: "station", block: "optional" },
  pumping_power: { entity: "station", block: "optional" },
  contract_import: { entity: "contract", block: "optional" },
  contract_export: { entity: "contract", block: "optional" },
  non_controllable_generation: { entity: "source", block: "optional" },
  non_controllable_curtailment: { entity: "source", block: "optional" },
} as const satisfies Record<
  string,
  {
    entity: "hydro" | "thermal" | "line" | "bus" | "station" | "contract" | "source";
    /** Whether a block may be named: `dialect` means only in the newer case layout. */
    block: "never" | "optional" | "dialect";
  }
>;

/** A variable name of the grammar. */
export type GenericVariable = keyof typeof GENERIC_VARIABLES;

/** coefficient · Π parameters · variable(entity). */
export interface GenericTerm {
  readonly coefficient: number;
  /** Names of scalar parameters that multiply the coefficient. */
  readonly parameters: readonly string[];
  readonly variable: GenericVariable;

  readonly entityId: number;
  /** Null stands for the block of the row in which the term is used. */
  readonly blockId: number | null;
  /** Only the unit groups on this bus; null for the whole plant. */
  readonly busId: number | null;
}

/** A constant of an expression, moved to the side of the terms. */
export interface GenericConstant {
  readonly value: number;
  readonly parameters: readonly string[];
}

/** Σ terms + Σ constants, bounded per stage and block by rows of the bounds table. */
export interface GenericConstraint {
  readonly id: number;
  readonly name: string;
  readonly description: string | null;
  readonly terms: readonly GenericTerm[];
  readonly constants: readonly GenericConstant[];
  /** $ per unit and hour of violation; null for a hard constraint. */
  readonly slackPenalty: number | null;
}

/** Quantities that a scalar parameter may take from the system. */
export type ComputedParameter =
  | "equivalent_productivity"
  | "accumulated_productivity"
  | "reference_volume"
  | "reference_turbine"
  | "min_storage"
  | "max_storage"
  | "specific_productivity"
  | "integrated_equivalent_productivity"
  | "integrated_accumulated_productivity"
  | "max_stored_energy";

/** A named number that expressions may use. */
export type ScalarParameter =
  & { readonly id: number; readonly name: string }
  & (
    | { readonly kind: "constant"; readonly value: number }
    | { readonly kind: "per_stage"; readonly values: readonly (readonly [number, number])[] }
    | { readonly kind: "seasonal"; readonly values: readonly number[] }
    | {
      readonly kind: "computed";
      readonly tag: ComputedParameter;
      readonly hydroId: number | null;
    }
    | {
      readonly kind: "per_stage_block";
      readonly values: readonly (readonly [number, number, number])[];
    }
  );
