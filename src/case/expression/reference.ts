/** References to variables: which entity, block and bus they mean. */
import { GENERIC_VARIABLES, type GenericVariable, type Line } from "../../model/mod.ts";
import type { Dialect } from "../case.ts";
import type { ExpressionFault } from "./fault.ts";
import { addForm, type LinearForm, type Monomial, singleForm } from "./linear_form.ts";
import type { Argument, Factor } from "./syntax.ts";

/** Variables that only the newer case layout knows. */
const NEWER_VARIABLES: ReadonlySet<GenericVariable> = new Set([
  "hydro_inflow",
  "hydro_storage_initial",
  "hydro_storage_final",
  "hydro_useful_volume_initial",
  "hydro_useful_volume_final",
  "anticipated_decision",
]);

/** Variables of a plant that may be narrowed to its unit groups on one bus. */
const BUS_VARIABLES: ReadonlySet<GenericVariable> = new Set([
  "hydro_turbined",
  "hydro_generation",
]);

const ALL_VARIABLES = Object.keys(GENERIC_VARIABLES) as GenericVariable[];
const VARIABLES: Readonly<Record<Dialect, ReadonlySet<string>>> = {
  "v0.5": new Set(ALL_VARIABLES.filter((name) => !NEWER_VARIABLES.has(name))),
  "v0.18": new Set(ALL_VARIABLES),
};

/** Lines by their two buses. */
export type LineIndex = ReadonlyMap<string, readonly number[]>;

/** Finds lines by source and target. */
export function indexLines(
  lines: readonly Pick<Line, "id" | "sourceBusId" | "targetBusId">[],
): LineIndex {
  const index = new Map<string, number[]>();
  for (const { id, sourceBusId, targetBusId } of lines) {
    const key = `${sourceBusId}>${targetBusId}`;
    const ids = index.get(key);
    if (ids === undefined) index.set(key, [id]);
    else ids.push(id);
  }
  return index;
}

type Reference = Extract<Factor, { kind: "reference" }>;
type Outcome = { readonly form: LinearForm } | { readonly fault: ExpressionFault };

/** The variable that a reference means, or the variables where it names two buses. */
export function referenceForm(reference: Reference, dialect: Dialect, lines: LineIndex): Outcome {
  const { variable, at } = reference;
  const known = VARIABLES[dialect];
  if (!isVariable(variable, known)) {
    return {
      fault: {
        kind: "InvalidEnum",
        at,
        found: `'${variable}'`,
        expected: "the name of a variable",
        allowed: [...known],
      },
    };
  }
  const args = sortArguments(reference, variable);
  if ("kind" in args) return { fault: args };
  const { entityId, blockId, busId, sourceBusId, targetBusId } = args;
  if (blockId !== null && !mayNameBlock(variable, dialect)) {
    const block = reference.arguments[1]!;
    return {
      fault: refusal(block.at, `block ${blockId}`, `no block: ${variable} is one per stage`),
    };
  }
  if (entityId !== null) {
    // The inflow is the same in every block, so naming one changes nothing.
    const block = variable === "hydro_inflow" ? null : blockId;
    return { form: variableForm(variable, entityId, block, busId, 1) };
  }
  return exchangeForm(reference, sourceBusId!, targetBusId!, blockId, lines);
}

function isVariable(name: string, known: ReadonlySet<string>): name is GenericVariable {
  return known.has(name);
}

function mayNameBlock(variable: GenericVariable, dialect: Dialect): boolean {
  if (variable === "hydro_inflow") return true;
  const { block } = GENERIC_VARIABLES[variable];
  return block === "optional" || (block === "dialect" && dialect === "v0.18");
}

function variableForm(
  variable: GenericVariable,
  entityId: number,
  blockId: number | null,
  busId: number | null,
  coefficient: number,
): LinearForm {
  const reference = { variable, entityId, blockId, busId };
  return singleForm({ coefficient, parameters: [], variable: reference });
}

/** The exchange between two buses is that of every line between them, in either direction. */
function exchangeForm(
  reference: Reference,
  sourceBusId: number,
  targetBusId: number,
  blockId: number | null,
  lines: LineIndex,
): Outcome {
  const sum = new Map<string, Monomial>();
  const add = (ids: readonly number[] | undefined, sign: number) => {
    for (const id of ids ?? []) {
      addForm(sum, variableForm("line_exchange", id, blockId, null, 1), sign);
    }
  };
  add(lines.get(`${sourceBusId}>${targetBusId}`), 1);
  add(lines.get(`${targetBusId}>${sourceBusId}`), -1);
  if (sum.size > 0) return { form: sum };
  return {
    fault: {
      kind: "MissingReference",
      at: reference.at,
      found: `no line between bus ${sourceBusId} and bus ${targetBusId}`,
      expected: "two buses that a line joins",
      registry: "system/lines.json",
    },
  };
}

interface SortedArguments {
  readonly entityId: number | null;
  readonly blockId: number | null;
  readonly busId: number | null;
  readonly sourceBusId: number | null;
  readonly targetBusId: number | null;
}

/** Entity and block by position, buses by name. */
function sortArguments(
  reference: Reference,
  variable: GenericVariable,
): SortedArguments | ExpressionFault {
  const positional: Argument[] = [];
  const named = new Map<string, number>();
  const allowed = BUS_VARIABLES.has(variable)
    ? ["bus"]
    : variable === "line_exchange"
    ? ["source_bus", "target_bus"]
    : [];
  for (const argument of reference.arguments) {
    const { name, value, at } = argument;
    if (name === null) {
      if (named.size > 0 || positional.length === 2) {
        return refusal(at, `'${value}'`, "at most an entity and a block, before named arguments");
      }
      positional.push(argument);
      continue;
    }
    if (!allowed.includes(name)) {
      const choice = allowed.length > 0 ? `only ${allowed.join(" and ")}` : "none";
      return refusal(at, `'${name}='`, `named arguments of ${variable}: ${choice}`);
    }
    if (named.has(name)) return refusal(at, `'${name}='`, "each named argument once");
    named.set(name, value);
  }
  const sourceBusId = named.get("source_bus") ?? null;
  const targetBusId = named.get("target_bus") ?? null;
  const byBuses = sourceBusId !== null && targetBusId !== null;
  if ((sourceBusId === null) !== (targetBusId === null)) {
    return refusal(reference.at, "one bus", "both source_bus and target_bus, or neither");
  }
  const first = positional[0];
  if (byBuses ? first !== undefined : first === undefined) {
    const found = byBuses ? "a line and two buses" : "no entity";
    const expected = variable === "line_exchange" ? "a line id, or two buses" : "the entity's id";
    return refusal(reference.at, found, expected);
  }
  return {
    entityId: first?.value ?? null,
    blockId: positional[1]?.value ?? null,
    busId: named.get("bus") ?? null,
    sourceBusId,
    targetBusId,
  };
}

function refusal(at: number, found: string, expected: string): ExpressionFault {
  return { kind: "SchemaViolation", at, found, expected };
}
