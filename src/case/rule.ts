/** The rules that a case must keep, as data: messages, tests and the manual speak of the same ids. */
import type { Kind, Layer } from "../protocol/mod.ts";

/** A rule of the case format. */
export interface RuleInfo {
  /** Stable name, such as `E5`. */
  readonly id: string;
  readonly layer: Layer;
  /** Kind of its records; a rule about several things of a field names the most typical one. */
  readonly kind: Kind;
  readonly severity: "error" | "warning";
  /** File relative to the case, or `*` for every file. */
  readonly file: string;
  /** One sentence for the manual: what must hold. */
  readonly description: string;
  /**
   * Fields that a schema checks for this rule, as paths without indices; a path matches with any
   * parents before it, `*` stands for one or more names (`reservoir.*`, `stages.blocks.hours`).
   */
  readonly fields?: readonly string[];
}

/**
 * Declares rules of layer 2 for one file, errors but for input without effect; for the rules of a
 * file are many.
 */
export function schemaRules(
  file: string,
): (id: string, kind: Kind, description: string, fields?: readonly string[]) => RuleInfo {
  return (id, kind, description, fields) => {
    const severity = kind === "IgnoredInput" ? "warning" : "error";
    const rule = { id, layer: 2, kind, severity, file, description } as const;
    return fields === undefined ? rule : { ...rule, fields };
  };
}

/** The rules that hold for every file; a file's own rules come before them. */
export const GENERIC_RULES = [
  {
    id: "L1.required",
    layer: 1,
    kind: "MissingFile",
    severity: "error",
    file: "*",
    description: "The case is a readable folder and holds each required file",
  },
  {
    id: "L1.syntax",
    layer: 1,
    kind: "ParseError",
    severity: "error",
    file: "*",
    description: "A JSON file is well-formed JSON; a Parquet file is intact",
  },
  {
    id: "L1.dialect",
    layer: 1,
    kind: "SchemaViolation",
    severity: "error",
    file: "*",
    description: "All files of a case are written in one layout",
  },
  {
    id: "L2.missing",
    layer: 2,
    kind: "SchemaViolation",
    severity: "error",
    file: "*",
    description: "A required field is present",
  },
  {
    id: "L2.type",
    layer: 2,
    kind: "TypeMismatch",
    severity: "error",
    file: "*",
    description: "A field has its type; an integer is written without point and exponent",
  },
  {
    id: "L2.shape",
    layer: 2,
    kind: "SchemaViolation",
    severity: "error",
    file: "*",
    description: "A text has its form and a list its length",
  },
  {
    id: "L2.range",
    layer: 2,
    kind: "OutOfRange",
    severity: "error",
    file: "*",
    description: "A number lies inside its range",
  },
  {
    id: "L2.word",
    layer: 2,
    kind: "InvalidEnum",
    severity: "error",
    file: "*",
    description: "A word is one of the known ones",
  },
  {
    id: "L2.unknown_key",
    layer: 2,
    kind: "SchemaViolation",
    severity: "error",
    file: "*",
    description: "In the v0.18 layout an object holds only known keys",
  },
  {
    id: "L2.ignored_key",
    layer: 2,
    kind: "IgnoredInput",
    severity: "warning",
    file: "*",
    description: "In the v0.5 layout a key that Cobre does not know has no effect",
  },
  {
    id: "L2.ignored_file",
    layer: 2,
    kind: "IgnoredInput",
    severity: "warning",
    file: "*",
    description: "A known file of the other layout has no effect",
  },
  {
    id: "L2.unknown_file",
    layer: 2,
    kind: "IgnoredInput",
    severity: "warning",
    file: "*",
    description: "A data file in a folder of the case is one that is read",
  },
] as const satisfies readonly RuleInfo[];

/** Ids of the rules that hold for every file. */
export type GenericRuleId = (typeof GENERIC_RULES)[number]["id"];
