/** A case as read: the model, and where each thing of it was written. */
import type { Config, System } from "../model/mod.ts";
import type { Problem } from "./problem.ts";

/** The layout in which a case is written. */
export type Dialect = "v0.5" | "v0.18";

/** A place in a JSON file, from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Finds the place of things in the JSON files of a case, for messages. */
export interface Sources {
  /** Whether the case has the file (path relative to the case, with `/`). */
  has(file: string): boolean;
  /** Place of a value by its path in the file, such as `["stages", 3, "blocks"]`. */
  locate(file: string, path: readonly (string | number)[]): Place | null;
  /** Place of a field of the entity with this id in the file's main list. */
  entity(file: string, id: number, path?: readonly (string | number)[]): Place | null;
  /** Raw value of a JSON file before normalisation; undefined where there is none. */
  json(file: string): unknown;
}

/** A case directory that passed layers 1 and 2. */
export interface Case {
  /** Absolute path of the case directory. */
  readonly directory: string;
  readonly dialect: Dialect;
  readonly system: System;
  readonly config: Config;
  readonly sources: Sources;
}

/** Result of reading a case directory; `case` is null when a file could not be read. */
export interface CaseReading {
  readonly directory: string;
  readonly dialect: Dialect;
  /** Known files that are present, relative to the case. */
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
  readonly case: Case | null;
}
