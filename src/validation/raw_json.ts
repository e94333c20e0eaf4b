/** The JSON files of a case as written: for what the model drops, and for lines in messages. */
import type { Case } from "../case/mod.ts";

/** An object of a JSON file. */
export type RawObject = Readonly<Record<string, unknown>>;

/** The objects of a list in a JSON file, in file order; empty where there is no such list. */
export function rawList(input: Case, file: string, ...path: readonly string[]): RawObject[] {
  let at: unknown = input.sources.json(file);
  for (const step of path) {
    at = typeof at === "object" && at !== null ? (at as RawObject)[step] : undefined;
  }
  return Array.isArray(at) ? at : [];
}

/** Path of the first object of a list that has the given values; the path of the list if none. */
export function rawPath(
  input: Case,
  file: string,
  list: readonly string[],
  values: RawObject,
): (string | number)[] {
  const wanted = Object.entries(values);
  const index = rawList(input, file, ...list)
    .findIndex((item) => wanted.every(([field, value]) => item[field] === value));
  return index < 0 ? [...list] : [...list, index];
}
