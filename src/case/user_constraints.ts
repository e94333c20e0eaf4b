/**
 * The users' constraints in one form for both case layouts: terms and parametric constants on the
 * left, numbers on the right, and the numbers in the rows of the bounds table. So a constraint says
 * the same whether its relation stands in `sense`, in the expression or in the columns of the table.
 */
import type {
  GenericBounds,
  GenericConstant,
  GenericConstraint,
  Line,
  ScalarParameter,
} from "../model/mod.ts";
import type { Dialect } from "./case.ts";
import { evaluateSum, type ExpressionNames } from "./expression/evaluate.ts";
import type { ExpressionFault } from "./expression/fault.ts";
import { addForm, type Monomial, splitForm } from "./expression/linear_form.ts";
import { resolveNames } from "./expression/named_expressions.ts";
import { parseExpression } from "./expression/parse.ts";
import { indexLines } from "./expression/reference.ts";
import type { Sense } from "./expression/syntax.ts";
import {
  type ConstraintEntry,
  type ConstraintFile,
  type NamedEntry,
  reportExpression,
  reportName,
} from "./json/generic_constraints.ts";
import type { FileReport } from "./json/issues.ts";

/** What the rows of a constraint are taken against. */
interface BoundReference {
  /** Position in the file. */
  readonly index: number;
  readonly name: string;
  /** Of the relation in the expression; null where there is none. */
  readonly sense: Sense | null;
  /** The number on the right of the relation, when all terms stand on the left. */
  readonly value: number;
  /** Whether parameters stand beside the number. */
  readonly parametric: boolean;
}

/** Constraints by id, and rows that hold their whole bounds. */
export interface UserConstraints {
  readonly constraints: readonly GenericConstraint[];
  readonly bounds: GenericBounds;
}

/** What the constraints are resolved with. */
export interface ConstraintInput {
  readonly file: ConstraintFile;
  /** Rows of the bounds table; `NO_VALUE` for a side that is not given. */
  readonly bounds: GenericBounds;
  readonly parameters: readonly ScalarParameter[];
  readonly lines: readonly Line[];
  readonly report: FileReport;
}

/** Resolves every constraint; faulty ones are reported and left out. */
export function toConstraints(input: ConstraintInput): UserConstraints {
  const { file, report } = input;
  const { names, broken } = nameSpace(input);
  const constraints: GenericConstraint[] = [];
  const references = new Map<number, BoundReference>();
  file.constraints.forEach((entry, index) => {
    const resolved = resolve(entry, names);
    if ("fault" in resolved) {
      if (usesBroken(resolved.fault, broken)) return;
      const owner = `constraint ${entry.id} '${entry.name}'`;
      const path = ["constraints", index, "expression"];
      reportExpression(report, owner, entry.expression, resolved.fault, path);
      return;
    }
    const { sense, value, ...sides } = resolved;
    constraints.push({
      id: entry.id,
      name: entry.name,
      description: entry.description,
      ...sides,
      slackPenalty: entry.slack.enabled ? entry.slack.penalty : null,
    });
    const parametric = sides.constants.length > 0;
    references.set(entry.id, { index, name: entry.name, sense, value, parametric });
  });
  constraints.sort((a, b) => a.id - b.id);
  return { constraints, bounds: wholeBounds(input.bounds, references, report) };
}

/** Everything that an expression may name after `@`. */
function nameSpace(
  { file, parameters, lines, report }: ConstraintInput,
): { readonly names: ExpressionNames; readonly broken: ReadonlySet<string> } {
  const list: readonly NamedEntry[] = "expressions" in file ? file.expressions : [];
  const parameterNames = new Set(parameters.map(({ name }) => name));
  const context = {
    dialect: report.dialect as Dialect,
    parameters: parameterNames,
    lines: indexLines(lines),
  };
  const { forms, faults, cycles, broken } = resolveNames(list, context);
  list.forEach(({ name, expression }, index) => {
    const path = ["expressions", index, "expression"];
    if (parameterNames.has(name)) reportName(report, name, index, "a scalar parameter");
    const fault = faults.get(index);
    if (fault !== undefined && !usesBroken(fault, broken)) {
      reportExpression(report, `the expression '${name}'`, expression, fault, path);
    }
    const cycle = cycles.get(index);
    if (cycle === undefined) return;
    report.fault({
      kind: "SchemaViolation",
      rule: "B4.cycle",
      path,
      message: `The expression '${name}' uses itself: ${cycle.join(" → ")}`,
      context: { expected: "an expression that does not use itself", actual: cycle.join(" → ") },
    });
  });
  return { names: { ...context, expressions: forms }, broken };
}

/** Whether a fault only follows from that of a named expression, which is reported there. */
function usesBroken(fault: ExpressionFault, broken: ReadonlySet<string>): boolean {
  return fault.kind === "MissingReference" && broken.has(fault.found.replace(/^'@|'$/g, ""));
}

interface Resolved extends Pick<GenericConstraint, "terms" | "constants"> {
  readonly sense: Sense | null;
  readonly value: number;
}

function resolve(
  entry: ConstraintEntry,
  names: ExpressionNames,
): Resolved | { readonly fault: ExpressionFault } {
  const parsed = parseExpression(entry.expression, names.dialect);
  if ("fault" in parsed) return parsed;
  const { left, sense, right } = parsed.relation;
  const total = new Map<string, Monomial>();
  for (const [side, sign] of [[left, 1], [right ?? [], -1]] as const) {
    const result = evaluateSum(side, names);
    if ("fault" in result) return result;
    addForm(total, result.form, sign);
  }
  const { terms, constants } = splitForm(total);
  if (terms.length === 0) {
    return {
      fault: {
        kind: "SchemaViolation",
        at: 0,
        found: "no variable",
        expected: "at least one variable",
      },
    };
  }
  const isNumber = ({ parameters }: GenericConstant) => parameters.length === 0;
  const number = constants.find(isNumber)?.value ?? 0;
  return {
    terms,
    constants: constants.filter((constant) => !isNumber(constant)),
    sense,
    value: 0 - number,
  };
}

/**
 * The bounds of every row, with the number of the expression in it. A relation bounds the side of
 * its sense by that number; what a row gives for this side is added to it, and what a row gives for
 * the other side holds as it is. Without a relation the rows bound the expression itself.
 */
function wholeBounds(
  table: GenericBounds,
  references: ReadonlyMap<number, BoundReference>,
  report: FileReport,
): GenericBounds {
  const bound_lower = new Float64Array(table.bound_lower);
  const bound_upper = new Float64Array(table.bound_upper);
  const used = new Set<number>();
  for (let row = 0; row < table.rows; row++) {
    const id = table.constraint_id[row]!;
    const reference = references.get(id);
    if (reference === undefined) continue;
    used.add(id);
    const { sense, value, parametric } = reference;
    const lower = bound_lower[row]!;
    const upper = bound_upper[row]!;
    const isLower = sense === ">=" || sense === "==";
    const isUpper = sense === "<=" || sense === "==";
    const other = sense === "<=" ? lower : sense === ">=" ? upper : NaN;
    if (parametric && !Number.isNaN(other)) {
      reportSides(reference, table, row, report);
      continue;
    }
    if (sense === null) {
      bound_lower[row] = lower + value;
      bound_upper[row] = upper + value;
    } else {
      if (isLower) bound_lower[row] = value + (Number.isNaN(lower) ? 0 : lower);
      if (isUpper) bound_upper[row] = value + (Number.isNaN(upper) ? 0 : upper);
    }
    checkRow(reference, table, row, bound_lower[row]!, bound_upper[row]!, report);
  }
  for (const [id, { index, name, sense }] of references) {
    if (sense === null || used.has(id)) continue;
    report.fault({
      kind: "CoverageMismatch",
      rule: "referential.6",
      path: ["constraints", index, "expression"],
      message: `Constraint ${id} '${name}' has a relation but no row in ` +
        "constraints/generic_constraint_bounds.parquet, so it holds nowhere",
      context: {
        missing_dimension: "stage_id",
        expected_coverage: "a row for each stage in which the constraint holds",
      },
    });
  }
  return { ...table, bound_lower, bound_upper };
}

function rowName(reference: BoundReference, table: GenericBounds, row: number): string {
  const block = table.block_id[row]!;
  const where = block < 0 ? "" : `, block ${block}`;
  const id = table.constraint_id[row]!;
  return `Constraint ${id} '${reference.name}', stage ${table.stage_id[row]}${where},`;
}

function checkRow(
  reference: BoundReference,
  table: GenericBounds,
  row: number,
  lower: number,
  upper: number,
  report: FileReport,
): void {
  const path = ["constraints", reference.index];
  if (Number.isNaN(lower) && Number.isNaN(upper)) {
    report.fault({
      kind: "SchemaViolation",
      rule: "referential.4",
      path,
      message: `${rowName(reference, table, row)} has neither bound_lower nor bound_upper nor a ` +
        "relation in its expression, expected one of them",
      context: { expected: "bound_lower, bound_upper or a relation", actual: "none" },
    });
  } else if (lower > upper) {
    report.fault({
      kind: "CapacityViolation",
      rule: "referential.5",
      path,
      message: `${rowName(reference, table, row)} has the lower bound ${lower} above the upper ` +
        `bound ${upper}`,
      context: {
        field_min: "bound_lower",
        value_min: lower,
        field_max: "bound_upper",
        value_max: upper,
      },
    });
  }
}

function reportSides(
  reference: BoundReference,
  table: GenericBounds,
  row: number,
  report: FileReport,
): void {
  const side = reference.sense === "<=" ? "bound_lower" : "bound_upper";
  report.fault({
    kind: "IncompatibleSettings",
    rule: "B4.sides",
    path: ["constraints", reference.index, "expression"],
    message: `${rowName(reference, table, row)} compares with a parameter by ` +
      `${reference.sense} and has a ${side}; write two constraints instead`,
    context: {
      settings: ["constraints.expression", side],
      detail: "A relation to a parameter and a bound on the other side cannot be one constraint",
    },
  });
}
