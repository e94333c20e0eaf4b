/**
 * From JSON documents to checked values and records.
 *
 * How a file is checked, everywhere in this room:
 *  1. What concerns one value (type, range, word, presence) is written in its zod schema; what
 *     concerns several fields of one object is a `.superRefine` on that object which calls
 *     `addFault` of `primitives.ts`. There are no refinements on the root of a file or on a whole
 *     list of its root: roots are checked key by key and lists item by item, so that a million
 *     items neither overflow the stack nor hide each other's faults.
 *  2. Keys that must be unique in a list are declared in the description of the file (`unique`).
 *  3. What concerns a file as a whole is a plain function over the parsed value that calls
 *     {@link FileReport.fault}; it runs when the steps before found no error.
 *
 * Rules are found by the patterns of `RuleInfo.fields`; what no rule of the file claims belongs to
 * the generic rules.
 */
import type { z } from "zod";
import type { Kind } from "../../protocol/mod.ts";
import type { Dialect } from "../case.ts";
import type { RuleInfo } from "../rule.ts";
import type { Fault } from "./primitives.ts";

/** A list whose items must differ in their key. */
export interface UniqueKey {
  /** Name of a list at the root of the file. */
  readonly list: string;
  /** The fields that make up the key. */
  readonly key: readonly string[];
  readonly rule: string;
}

/** Everything that the room knows of one JSON file of a case. */
export interface JsonFile<
  A extends z.ZodObject = z.ZodObject,
  B extends z.ZodObject = z.ZodObject,
> {
  /** Path relative to the case. */
  readonly file: string;
  /** What an item of the main list is called, such as `Hydro`; null where items have no id. */
  readonly noun: string | null;
  /** The list whose items have ids; null where there is none. */
  readonly list: string | null;
  /** Field that holds the id of an item of the list; `id` where not given. */
  readonly idField?: string;
  /** Null where the layout has no such file. */
  readonly schemaV05: A | null;
  readonly schemaV18: B | null;
  readonly unique: readonly UniqueKey[];
  readonly rules: readonly RuleInfo[];
  /** Objects, as paths without indices, in which v0.5 refuses unknown keys like v0.18. */
  readonly strictV05?: readonly string[];
}

/** Declares a file; the types of its schemas are kept. */
export function jsonFile<A extends z.ZodObject, B extends z.ZodObject>(
  description: JsonFile<A, B>,
): JsonFile<A, B> {
  return description;
}

/** A path inside a document. */
export type Path = readonly (string | number)[];

/** Collects the records of one file, with places, entities and a limit per rule. */
export interface FileReport {
  readonly dialect: Dialect;
  /** Whether an error was reported. */
  readonly failed: boolean;
  /** Reports a fault; its path starts at the root of the document. */
  fault<K extends Kind>(fault: Fault<K>): void;
  /** Reports an input that has no effect. */
  ignored(rule: string, path: Path, message: string, detail: string): void;
  /** Warns of data that may not be meant. */
  doubtful(rule: string, path: Path, message: string, detail: string): void;
}
