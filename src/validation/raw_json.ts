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
  const items = rawList(input, file, ...list);
  const [first, ...rest] = Object.entries(values);
  if (first === undefined) return [...list];
  const index = positionsBy(items, first[0]).get(first[1])?.find((position) =>
    rest.every(([field, value]) => items[position]![field] === value)
  );
  return index === undefined ? [...list] : [...list, index];
}

type Positions = ReadonlyMap<unknown, readonly number[]>;

/**
 * Positions by the value of a field, for each list and field that was asked for: a rule may ask for
 * every item of a list of a hundred thousand. They live as long as the list.
 */
const known = new WeakMap<readonly RawObject[], Map<string, Positions>>();

function positionsBy(items: readonly RawObject[], field: string): Positions {
  let byField = known.get(items);
  if (byField === undefined) known.set(items, byField = new Map<string, Positions>());
  const made = byField.get(field);
  if (made !== undefined) return made;
  const positions = new Map<unknown, number[]>();
  items.forEach((item, position) => {
    const value = item[field];
    const others = positions.get(value);
    if (others === undefined) positions.set(value, [position]);
    else others.push(position);
  });
  byField.set(field, positions);
  return positions;
}
