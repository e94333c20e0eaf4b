/** Collects what is wrong with the rows of one file, without drowning the reader in it. */
import { formatIsoDate } from "../../numeric/mod.ts";
import type { ContextInput, Kind } from "../../protocol/mod.ts";
import type { Dialect } from "../case.ts";
import type { Problems } from "../problem.ts";
import { type KeyColumn, nameIn, type RowReport, type TableSpec } from "./spec.ts";

/** Records per file and rule; the rest is counted. */
export const MAX_RECORDS_PER_RULE = 1000;

/** Key columns in file order, which is what messages are made of. */
export type KeyArrays = readonly Int32Array[];

/** The problems of one file. */
export class TableReport implements RowReport {
  readonly #problems: Problems;
  readonly #spec: TableSpec;
  readonly #dialect: Dialect;
  readonly #counts = new Map<string, number>();
  readonly #stem: string;
  #keys: KeyArrays = [];

  constructor(problems: Problems, spec: TableSpec, dialect: Dialect) {
    this.#problems = problems;
    this.#spec = spec;
    this.#dialect = dialect;
    this.#stem = spec.file.slice(spec.file.lastIndexOf("/") + 1).replace(/\.parquet$/, "");
  }

  /** Tells the ids of the rows, in file order, so that messages can name them. */
  set keys(keys: KeyArrays) {
    this.#keys = keys;
  }

  /** Whether an error was found. */
  get failed(): boolean {
    return this.#counts.size > 0;
  }

  admit(rule: string): boolean {
    const count = (this.#counts.get(rule) ?? 0) + 1;
    this.#counts.set(rule, count);
    return count <= MAX_RECORDS_PER_RULE;
  }

  cell<K extends Kind>(
    kind: K,
    rule: string,
    row: number,
    column: string,
    message: string,
    context: ContextInput<K>,
    suggestion: string | null = null,
  ): void {
    const entityAt = this.#spec.keys.findIndex((key) => key.entity === true);
    const full = {
      file: this.#spec.file,
      rule,
      row,
      entity_id: this.#keys[entityAt]?.[row] ?? null,
      field: `${this.#stem}[${row}].${this.columnName(column)}`,
      ...context,
    };
    this.#problems.error(2, kind, message, full as ContextInput<K>, suggestion);
  }

  /** Adds a record about an admitted breach that no row in particular is guilty of. */
  column<K extends Kind>(kind: K, rule: string, message: string, context: ContextInput<K>): void {
    const full = { file: this.#spec.file, rule, ...context };
    this.#problems.error(2, kind, message, full as ContextInput<K>);
  }

  columnName(column: string): string {
    const all: readonly Pick<KeyColumn, "name" | "column">[] = [
      ...this.#spec.keys,
      ...this.#spec.values,
    ];
    const found = all.find((other) => other.name === column);
    return (found === undefined ? null : nameIn(found, this.#dialect)) ?? column;
  }

  describe(row: number): string {
    return describeKeys(this.#spec.keys, this.#keys, row);
  }

  /** Says how many breaches were counted but not told one by one. */
  close(): void {
    for (const [rule, count] of this.#counts) {
      if (count <= MAX_RECORDS_PER_RULE) continue;
      const more = count - MAX_RECORDS_PER_RULE;
      const { file, rules } = this.#spec;
      const info = rules.find((other) => other.id === rule);
      this.#problems.error(
        2,
        "SchemaViolation",
        `${file} breaks the rule ${rule} in ${more} more places`,
        {
          file,
          rule,
          expected: info?.description ?? null,
          actual: `${count} breaches, of which ${MAX_RECORDS_PER_RULE} are listed`,
        },
      );
    }
  }
}

function describeKeys(specs: readonly KeyColumn[], keys: KeyArrays, row: number): string {
  const parts: string[] = [];
  for (let k = 0; k < specs.length; k++) {
    const spec = specs[k]!;
    const value = keys[k]?.[row];
    if (value === undefined) continue;
    if (spec.whenNull !== undefined && value === spec.whenNull) continue;
    parts.push(`${spec.label} ${spec.type === "date" ? formatIsoDate(value) : value}`);
  }
  return parts.join(", ");
}
