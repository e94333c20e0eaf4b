/** The users' own linear constraints. */
import { CobreError } from "../../protocol/mod.ts";
import type { GenericTerm } from "../../model/mod.ts";
import type { ModelBuilder } from "../model_builder.ts";
import type { ColumnKind } from "../model_key.ts";
import { plantPhase, type StageInput } from "../stage_input.ts";
import { generationTerms, groupGenerationTerms } from "./hydro_limits.ts";

/** An affine expression in the columns of the stage. */
interface Affine {
  readonly constant: number;
  readonly terms: readonly (readonly [column: number, coefficient: number])[];
}

const NOTHING: Affine = { constant: 0, terms: [] };

/** Adds the rows that hold in the stage, each with slacks where the constraint has a penalty. */
export function addGenericConstraints(builder: ModelBuilder, input: StageInput): void {
  const { frame, data, parameterValue } = input;
  data.genericRows.forEach(({ constraint: entity, block, lower, upper }, sub) => {
    const constraint = frame.system.genericConstraints[entity]!;
    const product = (names: readonly string[]): number =>
      names.reduce((value, name) => value * parameterValue(name, block), 1);
    let constant = 0;
    for (const { value, parameters } of constraint.constants) {
      constant += value * product(parameters);
    }
    const place = { entity, block, sub };
    const row = builder.row("constraint", place, lower, upper);
    for (const term of constraint.terms) {
      const factor = term.coefficient * product(term.parameters);
      const meaning = meaningOf(builder, input, term, term.blockId ?? block);
      constant += factor * meaning.constant;
      for (const [column, coefficient] of meaning.terms) {
        builder.entry(row, column, factor * coefficient);
      }
    }
    builder.shiftRow(row, -constant);
    if (constraint.slackPenalty === null) return;
    const cost = constraint.slackPenalty * data.blockHours[block]!;
    if (lower > -Infinity) {
      builder.entry(row, builder.column("constraint_below", place, { cost }), 1);
    }
    if (upper < Infinity) {
      builder.entry(row, builder.column("constraint_above", place, { cost }), -1);
    }
  });
}

/** What a term means in a block; an element that does not operate gives zero. */
function meaningOf(
  builder: ModelBuilder,
  input: StageInput,
  term: GenericTerm,
  block: number,
): Affine {
  const { frame, data } = input;
  const { system } = frame;
  const { variable, entityId } = term;
  const find = (
    kind: ColumnKind,
    entity: number,
    at = -1,
    sub = 0,
  ): readonly [number, number][] => {
    const column = builder.findColumn(kind, entity, at, sub);
    return column < 0 ? [] : [[column, 1]];
  };
  const among = (entities: readonly { readonly id: number }[]): number =>
    entities.findIndex(({ id }) => id === entityId);
  const of = (...terms: (readonly [number, number])[]): Affine => ({ constant: 0, terms });
  const scaled = (terms: readonly (readonly [number, number])[], by: number) =>
    terms.map(([column, value]) => [column, value * by] as const);

  switch (variable) {
    case "hydro_storage":
    case "hydro_storage_final":
      return of(...find("storage", among(system.hydros)));
    case "hydro_storage_initial":
      return of(...find("storage_in", among(system.hydros)));
    case "hydro_useful_volume_final":
    case "hydro_useful_volume_initial": {
      const hydro = among(system.hydros);
      const kind = variable === "hydro_useful_volume_final" ? "storage" : "storage_in";
      return { constant: -data.hydros.minStorageHm3[hydro]!, terms: find(kind, hydro) };
    }
    case "hydro_evaporation":
      return of(...find("evaporation", among(system.hydros)));
    case "hydro_withdrawal": {
      const hydro = among(system.hydros);
      if (plantPhase(input, hydro) === "absent") return NOTHING;
      const terms = [
        ...scaled(find("withdrawal_below", hydro), -1),
        ...find("withdrawal_above", hydro),
      ];
      return { constant: data.hydros.waterWithdrawalM3s[hydro]!, terms };
    }
    case "hydro_inflow":
      return of(...find("inflow", among(system.hydros)));
    case "hydro_turbined":
      return of(...turbinedTerms(builder, input, among(system.hydros), block, term.busId));
    case "hydro_spillage":
      return of(...find("spillage", among(system.hydros), block));
    case "hydro_diversion":
      return of(...find("diversion", among(system.hydros), block));
    case "hydro_outflow": {
      const hydro = among(system.hydros);
      return of(...find("turbined", hydro, block), ...find("spillage", hydro, block));
    }
    case "hydro_generation":
      return of(...plantPower(builder, input, among(system.hydros), block, term.busId));
    case "thermal_generation":
      return of(...find("thermal", among(system.thermals), block));
    case "anticipated_decision": {
      const thermal = among(system.thermals);
      const decided = frame.deliveries.filter((delivery) =>
        delivery.thermal === thermal && delivery.decidedAt === data.position
      );
      return of(
        ...decided.flatMap(({ stage }) => find("commitment", thermal, -1, stage - data.position)),
      );
    }
    case "line_direct":
    case "line_reverse":
      return of(...find(variable, among(system.lines), block));
    case "line_exchange": {
      const line = among(system.lines);
      return of(
        ...find("line_direct", line, block),
        ...scaled(find("line_reverse", line, block), -1),
      );
    }
    case "bus_deficit": {
      const bus = among(system.buses);
      const segments = system.buses[bus]?.deficitSegments ?? [];
      return of(...segments.flatMap((_, sub) => find("deficit", bus, block, sub)));
    }
    case "bus_excess":
      return of(...find("excess", among(system.buses), block));
    case "pumping_flow":
      return of(...find("pumped", among(system.stations), block));
    case "pumping_power": {
      const station = among(system.stations);
      const rate = system.stations[station]?.consumptionMwPerM3s ?? 0;
      return of(...scaled(find("pumped", station, block), rate));
    }
    case "contract_import":
    case "contract_export": {
      const contract = among(system.contracts);
      const wanted = variable === "contract_import" ? "import" : "export";
      if (system.contracts[contract]?.type !== wanted) return NOTHING;
      return of(...find("contract", contract, block));
    }
    case "non_controllable_generation":
      return of(...find("source", among(system.sources), block));
    case "non_controllable_curtailment": {
      const source = among(system.sources);
      const generated = find("source", source, block);
      if (generated.length === 0) return NOTHING;
      return of(...find("available", source, block), ...scaled(generated, -1));
    }
  }
  return unknownVariable(variable);
}

function turbinedTerms(
  builder: ModelBuilder,
  input: StageInput,
  hydro: number,
  block: number,
  busId: number | null,
): readonly (readonly [number, number])[] {
  const turbined = builder.findColumn("turbined", hydro, block);
  if (turbined < 0) return [];
  const groups = groupsOn(input, hydro, busId);
  if (groups === "all") return [[turbined, 1]];
  return groups.map((group) => [builder.columnOf("group_turbined", hydro, block, group), 1]);
}

function plantPower(
  builder: ModelBuilder,
  input: StageInput,
  hydro: number,
  block: number,
  busId: number | null,
): readonly (readonly [number, number])[] {
  if (builder.findColumn("turbined", hydro, block) < 0) return [];
  const groups = groupsOn(input, hydro, busId);
  if (groups === "all") return generationTerms(builder, input, hydro, block);
  return groups.flatMap((group) => groupGenerationTerms(builder, input, hydro, block, group));
}

/** Groups of a plant on a bus; `all` where the columns of the plant itself can be used. */
function groupsOn({ frame }: StageInput, hydro: number, busId: number | null): number[] | "all" {
  const { unitGroups } = frame.system.hydros[hydro]!;
  if (busId === null) return "all";
  const groups = unitGroups.flatMap((group, at) => group.busId === busId ? [at] : []);
  return groups.length === unitGroups.length ? "all" : groups;
}

function unknownVariable(variable: never): never {
  throw CobreError.of("InternalPanic", `No column is known for the variable ${variable}`, {
    location: "addGenericConstraints",
  });
}
