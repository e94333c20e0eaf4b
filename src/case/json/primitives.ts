/** The pieces that the schemas of the JSON files are made of. */
import { z } from "zod";
import type { ContextInput, Kind } from "../../protocol/mod.ts";
import { parseIsoDate } from "../../numeric/mod.ts";

/** May be absent or null, which means the same: null. */
export function opt<S extends z.ZodType>(schema: S): z.ZodDefault<z.ZodNullable<S>> {
  const nullable = z.nullable(schema);
  return nullable.default(null as z.util.NoUndefined<z.output<typeof nullable>>);
}

/** May be absent, which means the value given here; an explicit null is a type error. */
export function def<S extends z.ZodType>(
  schema: S,
  value: z.util.NoUndefined<z.output<S>>,
): z.ZodDefault<S> {
  return schema.default(value) as z.ZodDefault<S>;
}

/** An object that may be absent, which means that each of its fields is; null is a type error. */
export function section<S extends z.ZodObject>(schema: S): z.ZodPrefault<S> {
  return schema.prefault({} as z.input<S>);
}

/** A signed 32-bit integer. */
export const i32 = z.int32();
/** An unsigned 32-bit integer. */
export const u32 = z.uint32();
/** An unsigned 32-bit integer of at least one. */
export const count = z.uint32().min(1);
/** The id of an entity, a stage or a season. */
export const id = z.int32();
/** A finite number. */
export const f64 = z.number();
/** A finite number of at least zero. */
export const nonNegative = z.number().min(0);
/** A finite number above zero. */
export const positive = z.number().positive();
/** A number from zero to one. */
export const fraction = z.number().min(0).max(1);
/** A text. */
export const text = z.string();
/** A truth value. */
export const bool = z.boolean();
/** A calendar date `YYYY-MM-DD`, kept as text; {@link dayOf} makes it a number. */
export const date = z.iso.date();

/**
 * A signed 64-bit integer. The reader hands integers beyond 2^53 over as bigints, so that no digit
 * of a seed is lost.
 */
export const i64 = z.union([z.int(), z.bigint()])
  .refine((value) => BigInt.asIntN(64, BigInt(value)) === BigInt(value), {
    error: "expected an integer of 64 bits",
    params: { kind: "OutOfRange" },
  });

/** Days since 1970-01-01 of a text that {@link date} accepted. */
export function dayOf(isoDate: string): number {
  return parseIsoDate(isoDate) as number;
}

/** Keys that every JSON file may have at its root. */
export const rootKeys = {
  $schema: opt(z.string().describe("Name or address of the schema of this file")),
} as const;

/** What a check between fields found; becomes one record. */
export interface Fault<K extends Kind> {
  readonly kind: K;
  /** Id of the rule, as in the `rules` of the file. */
  readonly rule: string;
  /** Path from the checked value to the field at fault. */
  readonly path: readonly (string | number)[];
  /** The whole sentence; file, place and entity are added to the context only. */
  readonly message: string;
  /** Fields of the kind; `field` is filled in from the path. */
  readonly context?: ContextInput<K>;
}

/** Reports a fault from inside `.superRefine((value, ctx) => …)`. */
export function addFault<K extends Kind>(
  ctx: z.core.$RefinementCtx,
  fault: Fault<K>,
): void {
  ctx.addIssue({
    code: "custom",
    path: [...fault.path],
    message: fault.message,
    params: { kind: fault.kind, rule: fault.rule, context: fault.context ?? {} },
  });
}
