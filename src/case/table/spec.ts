/** What the Parquet files of a case hold, as data: one specification per file and layout. */
import type { Table } from "../../model/mod.ts";
import type { ContextInput, Kind } from "../../protocol/mod.ts";
import type { Dialect } from "../case.ts";
import type { RuleInfo } from "../rule.ts";

/** Name of a column in the file; null where a layout does not have it. */
export type FileName = string | { readonly [dialect in Dialect]: string | null };

/** An integer column that is part of the key, the most significant first in a specification. */
export interface KeyColumn<N extends string = string> {
  /** Name in the model. */
  readonly name: N;
  /** Name in the file where it differs. */
  readonly column?: FileName;
  readonly type: "i32" | "u32" | "date";
  /** How messages call it: `hydro`, `stage`. */
  readonly label: string;
  /** Whether it is the id that records carry as `entity_id`. */
  readonly entity?: boolean;
  /** What stands for a null, in a column that may hold nulls or be missing. */
  readonly whenNull?: number;
  /** Least value, and the rule that says so. */
  readonly least?: { readonly value: number; readonly rule: string };
}

/** The values that a column of reals may hold; all are finite. */
export type Range = "finite" | "non-negative" | "positive" | "fraction" | "positive fraction";

/** A column of reals. */
export interface ValueColumn<N extends string = string> {
  readonly name: N;
  readonly column?: FileName;
  /** What stands for a missing value, in a column that may hold nulls or be missing. */
  readonly whenNull?: number;
  readonly range: Range;
  /** The rule behind the range. */
  readonly rule: string;
}

/** A column that betrays the other layout and has no counterpart in this one. */
export interface ForeignColumn {
  readonly name: string;
  readonly type: "i32" | "f64" | "date";
  readonly remedy: string;
}

/** What the checks of a file's rows report to. */
export interface RowReport {
  /** Counts a breach of a rule; false once enough records tell of it. */
  admit(rule: string): boolean;
  /** Adds a record about a cell of an admitted row; `column` is a name of the model. */
  cell<K extends Kind>(
    kind: K,
    rule: string,
    row: number,
    column: string,
    message: string,
    context: ContextInput<K>,
    suggestion?: string | null,
  ): void;
  /** The name in the file of a column of the model. */
  columnName(column: string): string;
  /** The ids of a row for people: `hydro 3, stage 12`. */
  describe(row: number): string;
}

/** A file of a case: its columns, its order and the rules that its rows keep. */
export interface TableSpec<I extends string = string, F extends string = string> {
  /** Relative to the case. */
  readonly file: string;
  readonly keys: readonly KeyColumn<I>[];
  readonly values: readonly ValueColumn<F>[];
  /** A column of reals that orders rows with equal keys; such rows are no duplicates. */
  readonly orderBy?: F;
  /** Rows with equal keys: refused, or joined as long as no cell is given twice. */
  readonly duplicates: { readonly mode: "reject" | "join"; readonly rule: string };
  readonly foreign?: readonly ForeignColumn[];
  /** Checks of single rows, in file order. */
  checkRows?(table: Table<I, F>, report: RowReport): void;
  /** Checks across rows, in key order; `fileRow` tells where a row stood in the file. */
  checkSorted?(table: Table<I, F>, report: RowReport, fileRow: (row: number) => number): void;
  readonly rules: readonly RuleInfo[];
}

/** A specification, typed by the columns that it names. */
export function tableSpec<const I extends string, const F extends string>(
  spec: TableSpec<I, F>,
): TableSpec<I, F> {
  return spec;
}

/** The name of a column in a layout, or null where that layout lacks it. */
export function nameIn(
  column: Pick<KeyColumn, "name" | "column">,
  dialect: Dialect,
): string | null {
  if (column.column === undefined) return column.name;
  return typeof column.column === "string" ? column.column : column.column[dialect];
}

/** A required key column. */
export function key<const N extends string>(
  name: N,
  label: string,
  more: Omit<Partial<KeyColumn>, "name" | "label"> = {},
): KeyColumn<N> {
  return { type: "i32", ...more, name, label };
}

/** The key column of the elements that a file is about. */
export function entity<const N extends string>(
  name: N,
  label: string,
  column: FileName = name,
): KeyColumn<N> {
  return { name, label, column, type: "i32", entity: true };
}

/** A required column of reals. */
export function real<const N extends string>(
  name: N,
  range: Range,
  rule: string,
  column: FileName = name,
): ValueColumn<N> {
  return { name, column, range, rule };
}

/** A column of reals that may be missing; `NaN`, the default, stands for "no value". */
export function optionalReal<const N extends string>(
  name: N,
  range: Range,
  rule: string,
  column: FileName = name,
  whenNull = NaN,
): ValueColumn<N> {
  return { name, column, range, rule, whenNull };
}

/** A rule of one file. */
export function rule(
  id: string,
  kind: Kind,
  file: string,
  description: string,
  fields?: readonly string[],
): RuleInfo {
  const entry = { id, layer: 2, kind, severity: "error", file, description } as const;
  return fields === undefined ? entry : { ...entry, fields };
}

/** A column that only the later layout has. */
export function onlyNew(name: string): FileName {
  return { "v0.5": null, "v0.18": name };
}

/** A column that the later layout renamed. */
export function renamed(before: string, now: string): FileName {
  return { "v0.5": before, "v0.18": now };
}
