/** What the users' constraints name. */
import type { Case } from "../../case/mod.ts";
import {
  ALL_BLOCKS,
  GENERIC_VARIABLES,
  type GenericConstraint,
  type GenericTerm,
} from "../../model/mod.ts";
import { groupBy } from "../inflow_models.ts";
import { rawPath } from "../raw_json.ts";
import { type Finding, type Rule, rule, type RuleReport } from "../rule.ts";
import { counted, named, namedById, stageList } from "../wording.ts";
import { REGISTRIES } from "./registries.ts";

const FILE = "constraints/generic_constraints.json";
const BOUNDS = "constraints/generic_constraint_bounds.parquet";
const PARAMETERS = "constraints/generic_parameters.json";

/** Where the expression of a constraint stands. */
function expressionPath(input: Case, { id }: GenericConstraint): readonly (string | number)[] {
  return [...rawPath(input, FILE, ["constraints"], { id }), "expression"];
}

/** A term as it is written. */
function termText({ variable, entityId, blockId }: GenericTerm): string {
  return `${variable}(${entityId}${blockId === null ? "" : `, ${blockId}`})`;
}

/** Variables of elements whose absence the older layout tolerates. */
const TOLERATED: ReadonlySet<string> = new Set(["station", "contract", "source"]);

/** Calls `found` for every term whose element does not exist. */
function danglingTerms(
  input: Case,
  tolerated: boolean,
  found: (constraint: GenericConstraint, term: GenericTerm) => void,
): void {
  const { system, dialect } = input;
  const known = new Map<string, ReadonlySet<number>>();
  for (const constraint of system.genericConstraints) {
    for (const term of constraint.terms) {
      const { entity } = GENERIC_VARIABLES[term.variable];
      if ((dialect === "v0.5" && TOLERATED.has(entity)) !== tolerated) continue;
      let ids = known.get(entity);
      if (ids === undefined) {
        ids = new Set(REGISTRIES[entity].elements(system).map(({ id }) => id));
        known.set(entity, ids);
      }
      if (!ids.has(term.entityId)) found(constraint, term);
    }
  }
}

const dangling = rule({
  id: "R36",
  layer: 3,
  kind: "MissingReference",
  severity: "error",
  file: FILE,
  description: "Terms of constraints are of elements that exist",
  check(input, report) {
    danglingTerms(input, false, (constraint, term) => {
      const registry = REGISTRIES[GENERIC_VARIABLES[term.variable].entity];
      report.found(
        `${named("Constraint", constraint)} has the term ${termText(term)}, but ` +
          `${registry.file} has no ${registry.noun} ${term.entityId}`,
        {
          entity_id: constraint.id,
          path: expressionPath(input, constraint),
          field: "expression",
          referenced_value: term.entityId,
          referenced_registry: registry.file,
        },
        `Correct the id, or add the ${registry.noun} to ${registry.file}`,
      );
    });
  },
});

const tolerated = rule({
  id: "R37",
  layer: 3,
  kind: "IgnoredInput",
  severity: "warning",
  file: FILE,
  description: "v0.5: terms of pumping stations, contracts and sources are of ones that exist",
  check(input, report) {
    danglingTerms(input, true, (constraint, term) => {
      const registry = REGISTRIES[GENERIC_VARIABLES[term.variable].entity];
      report.found(
        `${named("Constraint", constraint)} has the term ${termText(term)}, which has no effect: ` +
          `${registry.file} has no ${registry.noun} ${term.entityId}`,
        {
          entity_id: constraint.id,
          path: expressionPath(input, constraint),
          field: "expression",
          detail: `no ${registry.noun} ${term.entityId}`,
        },
        `Correct the id, or add the ${registry.noun} to ${registry.file}`,
      );
    });
  },
});

const boundBlocks = rule({
  id: "R38",
  layer: 3,
  kind: "OutOfRange",
  severity: "error",
  file: BOUNDS,
  description: "Rows of bounds are for blocks that their stage has",
  check({ system }, report) {
    const { genericBounds: bounds, genericConstraints, horizon } = system;
    const blocks = new Map(horizon.stages.map((stage) => [stage.id, stage.blocks.length]));
    for (let row = 0; row < bounds.rows; row++) {
      const block = bounds.block_id[row]!;
      const count = blocks.get(bounds.stage_id[row]!);
      if (block === ALL_BLOCKS || count === undefined || block < count) continue;
      const id = bounds.constraint_id[row]!;
      report.found(
        `${namedById("Constraint", id, genericConstraints)} has a bound for block ${block} of ` +
          `stage ${bounds.stage_id[row]}, which has ${counted(count, "block")}`,
        { entity_id: id, field: "block_id", value: block, min: 0, max: count - 1 },
        "Correct block_id, or remove the row",
      );
    }
  },
});

const termBlocks = rule({
  id: "semantic.5a.20",
  layer: 5,
  kind: "StageMismatch",
  severity: "error",
  file: FILE,
  description: "A term of one block stands in constraints of stages that have this block",
  check(input, report) {
    const { genericBounds: bounds, genericConstraints, horizon } = input.system;
    const blocks = new Map(horizon.stages.map((stage) => [stage.id, stage.blocks.length]));
    const rows = groupBy(
      bounds.constraint_id.keys(),
      (row) => bounds.constraint_id[row]!,
      (row) => bounds.stage_id[row]!,
    );
    for (const constraint of genericConstraints) {
      const stages = [...new Set(rows.get(constraint.id))];
      for (const term of constraint.terms) {
        const block = term.blockId;
        if (block === null) continue;
        const lacking = stages.filter((stage) => block >= (blocks.get(stage) ?? Infinity));
        if (lacking.length === 0) continue;
        report.found(
          `${named("Constraint", constraint)} has the term ${termText(term)}, but holds at ` +
            `${stageList(lacking)} without a block ${block}`,
          {
            entity_id: constraint.id,
            path: expressionPath(input, constraint),
            stage_id: lacking[0]!,
            detail: `no block ${block}`,
          },
          "Correct the block of the term, or remove the bounds of these stages",
        );
      }
    }
  },
});

const selectors = rule({
  id: "referential.10",
  layer: 3,
  kind: "MissingReference",
  severity: "error",
  file: FILE,
  description: "A bus in a term is one to which a unit group of the hydro is connected",
  check(input, report) {
    const { hydros, genericConstraints } = input.system;
    const byId = new Map(hydros.map((hydro) => [hydro.id, hydro]));
    for (const constraint of genericConstraints) {
      for (const term of constraint.terms) {
        const hydro = term.busId === null ? undefined : byId.get(term.entityId);
        if (hydro === undefined) continue;
        if (hydro.unitGroups.some((group) => group.busId === term.busId)) continue;
        report.found(
          `${named("Constraint", constraint)} has the term ${term.variable}(${term.entityId}, ` +
            `bus=${term.busId}), but ${named("hydro", hydro)} has no unit group on bus ` +
            `${term.busId}`,
          {
            entity_id: constraint.id,
            path: expressionPath(input, constraint),
            field: "expression",
            referenced_value: term.busId!,
            referenced_registry: "system/hydros.json",
          },
          "Name a bus of one of its unit groups",
        );
      }
    }
  },
});

const ordinaryDecision = rule({
  id: "semantic.5a.17",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "error",
  file: FILE,
  description: "anticipated_decision is of an anticipated thermal",
  check(input, report) {
    thermalTerms(input, "anticipated_decision", false, (constraint, name, finding) =>
      report.found(
        `${named("Constraint", constraint)} has the term anticipated_decision of ${name}, which ` +
          "has no anticipated_config",
        finding,
        "Use thermal_generation, or give the plant an anticipated_config",
      ));
  },
});

const anticipatedGeneration = rule({
  id: "semantic.5a.18",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "warning",
  file: FILE,
  description: "thermal_generation is of a thermal that is dispatched in its own stage",
  check(input, report) {
    thermalTerms(input, "thermal_generation", true, (constraint, name, finding) =>
      report.found(
        `${named("Constraint", constraint)} has the term thermal_generation of ${name}, an ` +
          "anticipated plant: this is what it delivers, not what is decided for later",
        finding,
        "Use anticipated_decision where the decision is meant",
      ));
  },
});

/** Terms of a variable whose thermal is, or is not, anticipated. */
function thermalTerms(
  input: Case,
  variable: GenericTerm["variable"],
  anticipated: boolean,
  found: (
    constraint: GenericConstraint,
    name: string,
    finding: Finding<"PhysicalConstraint">,
  ) => void,
): void {
  const thermals = new Map(input.system.thermals.map((thermal) => [thermal.id, thermal]));
  for (const constraint of input.system.genericConstraints) {
    for (const term of constraint.terms) {
      const thermal = thermals.get(term.entityId);
      if (term.variable !== variable || thermal === undefined) continue;
      if ((thermal.anticipated !== null) !== anticipated) continue;
      found(constraint, named("thermal", thermal), {
        entity_id: constraint.id,
        path: expressionPath(input, constraint),
        detail: anticipated ? "dispatch decided in advance" : "dispatch decided in its stage",
      });
    }
  }
}

const parameterHydro = rule({
  id: "scalar_parameters.A",
  layer: 3,
  kind: "MissingReference",
  severity: "error",
  file: PARAMETERS,
  description: "A computed parameter is of a hydro that exists",
  check(input, report) {
    const known = new Set(input.system.hydros.map((hydro) => hydro.id));
    for (const parameter of input.system.parameters) {
      if (parameter.kind !== "computed") continue;
      const { hydroId } = parameter;
      if (hydroId === null || known.has(hydroId)) continue;
      report.found(
        `${named("Parameter", parameter)} is of hydro ${hydroId}, but system/hydros.json has no ` +
          `hydro ${hydroId}`,
        {
          entity_id: parameter.id,
          at: ["computed_spec", "hydro_id"],
          field: "computed_spec.hydro_id",
          referenced_value: hydroId,
          referenced_registry: "system/hydros.json",
        },
        "Correct hydro_id, or remove the parameter",
      );
    }
  },
});

const storedEnergy = rule({
  id: "semantic.5a.51",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "warning",
  file: FILE,
  description: "max_stored_energy of a hydro goes with its integrated_accumulated_productivity",
  check(input, report) {
    const { parameters, genericConstraints, hydros } = input.system;
    const computed = new Map(
      parameters.flatMap((parameter) =>
        parameter.kind === "computed" ? [[parameter.name, parameter] as const] : []
      ),
    );
    for (const constraint of genericConstraints) {
      const used = new Map<number, Set<string>>();
      for (const { parameters: names } of [...constraint.terms, ...constraint.constants]) {
        for (const name of names) {
          const parameter = computed.get(name);
          if (parameter?.hydroId === null || parameter === undefined) continue;
          const tags = used.get(parameter.hydroId) ?? new Set();
          used.set(parameter.hydroId, tags.add(parameter.tag));
        }
      }
      for (const [hydroId, tags] of used) {
        if (!tags.has("max_stored_energy") || !tags.has("accumulated_productivity")) continue;
        reportPair(input, constraint, namedById("hydro", hydroId, hydros), report);
      }
    }
  },
});

function reportPair(
  input: Case,
  constraint: GenericConstraint,
  hydro: string,
  report: RuleReport<"PhysicalConstraint">,
): void {
  report.found(
    `${named("Constraint", constraint)} sets max_stored_energy of ${hydro} beside its ` +
      "accumulated_productivity, which does not add up to it",
    {
      entity_id: constraint.id,
      path: expressionPath(input, constraint),
      detail: "the energy is an integral over the volume, the productivity is at one volume",
    },
    "Use integrated_accumulated_productivity with max_stored_energy",
  );
}

/** The rules of the users' constraints. */
export const rules: readonly Rule[] = [
  dangling,
  tolerated,
  boundBlocks,
  selectors,
  parameterHydro,
  termBlocks,
  ordinaryDecision,
  anticipatedGeneration,
  storedEnergy,
];
