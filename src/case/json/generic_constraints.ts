/** `constraints/generic_constraints.json`: linear constraints of the user. */
import { z } from "zod";
import { faultContext, faultMessage } from "../expression/fault.ts";
import type { ExpressionFault } from "../expression/fault.ts";
import { parseExpression } from "../expression/parse.ts";
import { type Sense, SENSES } from "../expression/syntax.ts";
import { entityRule } from "./entity_fields.ts";
import { type FileReport, jsonFile, type Path } from "./issues.ts";
import { addFault, bool, def, f64, id, opt, rootKeys, text } from "./primitives.ts";

const FILE = "constraints/generic_constraints.json";

const slack = z.strictObject({
  enabled: bool.describe("Whether the constraint may be violated"),
  penalty: opt(f64).describe("Cost of violation ($ per unit and hour)"),
}).superRefine(({ enabled, penalty }, ctx) => {
  if (!enabled || (penalty !== null && penalty > 0)) return;
  if (penalty === null) {
    return addFault(ctx, {
      kind: "SchemaViolation",
      rule: "B4",
      path: ["penalty"],
      message: "A slack that is enabled has no penalty, expected a number above 0",
      context: { expected: "a number above 0", actual: "missing" },
    });
  }
  addFault(ctx, {
    kind: "OutOfRange",
    rule: "B4",
    path: ["penalty"],
    message: `A slack that is enabled has the penalty ${penalty}, expected a number above 0`,
    context: { value: penalty, min: 0 },
  });
});

const fields = {
  id: id.describe("Number of the constraint, unique in this file"),
  name: text.describe("Name for people"),
  description: opt(text),
  expression: text.describe("A sum of coefficients and variables"),
  slack,
} as const;

const schemaV05 = z.strictObject({
  ...rootKeys,
  constraints: z.array(z.strictObject({
    ...fields,
    sense: z.enum(SENSES).describe("How the expression compares to its bound"),
  })),
});

const schemaV18 = z.strictObject({
  ...rootKeys,
  constraints: z.array(z.strictObject(fields)),
  expressions: def(
    z.array(z.strictObject({
      name: text.regex(/^[A-Za-z_][A-Za-z0-9_]*$/).describe("Name that is written after @"),
      expression: text.describe("A sum of coefficients and variables"),
      description: opt(text),
    })),
    [],
  ).describe("Expressions that others may use by name"),
});

/** What the file holds, in either layout. */
export type ConstraintFile = z.output<typeof schemaV05> | z.output<typeof schemaV18>;
/** A constraint as written, in either layout. */
export type ConstraintEntry = ConstraintFile["constraints"][number];
/** A named expression as written. */
export type NamedEntry = z.output<typeof schemaV18>["expressions"][number];

/** The file. */
export const GENERIC_CONSTRAINTS = jsonFile({
  file: FILE,
  noun: "Constraint",
  list: "constraints",
  schemaV05,
  schemaV18,
  unique: [{ list: "constraints", key: ["id"], rule: "B4.id" }],
  rules: [
    entityRule(FILE, "B4.id", "DuplicateId", "Every id comes once in the file"),
    entityRule(
      FILE,
      "B4",
      "SchemaViolation",
      "An expression can be read; its variables, parameters and blocks are known; an enabled " +
        "slack has a penalty above zero",
    ),
    entityRule(FILE, "B4.sense", "InvalidEnum", "A sense is <=, >= or ==", ["constraints.sense"]),
    entityRule(
      FILE,
      "B4.name",
      "DuplicateId",
      "No two expressions, and no expression and scalar parameter, have the same name",
    ),
    entityRule(
      FILE,
      "B4.cycle",
      "SchemaViolation",
      "No expression uses itself, directly or through others",
    ),
    entityRule(
      FILE,
      "referential.4",
      "SchemaViolation",
      "A row of constraints/generic_constraint_bounds.parquet gives a bound, unless the expression " +
        "has a relation",
    ),
    entityRule(
      FILE,
      "referential.5",
      "CapacityViolation",
      "A row of constraints/generic_constraint_bounds.parquet has no lower bound above its upper",
    ),
    entityRule(
      FILE,
      "referential.6",
      "CoverageMismatch",
      "A constraint whose expression has a relation has rows in " +
        "constraints/generic_constraint_bounds.parquet that say where it holds",
    ),
    entityRule(
      FILE,
      "B4.sides",
      "IncompatibleSettings",
      "A relation to a parameter bounds one side only; its rows give no bound for the other",
    ),
  ],
});

/** The senses of constraints in the older layout, where they stand beside the expression. */
export function constraintSenses(value: ConstraintFile): ReadonlyMap<number, Sense> {
  const senses = new Map<number, Sense>();
  for (const constraint of value.constraints) {
    if ("sense" in constraint) senses.set(constraint.id, constraint.sense);
  }
  return senses;
}

/** Expressions can be read, as far as their text alone tells. */
export function checkConstraints(value: ConstraintFile, report: FileReport): void {
  const check = (text: string, owner: string, path: Path) => {
    const parsed = parseExpression(text, report.dialect);
    if ("fault" in parsed) reportExpression(report, owner, text, parsed.fault, path);
  };
  value.constraints.forEach((constraint, index) => {
    const path = ["constraints", index, "expression"];
    check(constraint.expression, `constraint ${constraint.id} '${constraint.name}'`, path);
  });
  if (!("expressions" in value)) return;
  const seen = new Set<string>();
  value.expressions.forEach(({ name, expression }, index) => {
    check(expression, `the expression '${name}'`, ["expressions", index, "expression"]);
    if (seen.has(name)) reportName(report, name, index, "another expression");
    seen.add(name);
  });
}

/** Reports a fault of an expression. */
export function reportExpression(
  report: FileReport,
  owner: string,
  text: string,
  fault: ExpressionFault,
  path: Path,
): void {
  const { kind, context } = faultContext(fault);
  report.fault({ kind, rule: "B4", path, message: faultMessage(owner, text, fault), context });
}

/** Reports a name of an expression that is taken. */
export function reportName(report: FileReport, name: string, index: number, owner: string): void {
  report.fault({
    kind: "DuplicateId",
    rule: "B4.name",
    path: ["expressions", index, "name"],
    message: `The expression '${name}' has the name of ${owner}, expected a name of its own`,
    context: { registry: "expressions" },
  });
}
