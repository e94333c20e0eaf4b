/** Scans of id columns: tables may have tens of millions of rows, so these are flat loops. */

/** Ids further apart than this are looked up in a set instead of an array. */
const MAX_SPAN = 1 << 22;

/** The ids of a column that `known` does not hold, with their numbers of rows, in ascending order. */
export function unknownIds(
  column: Int32Array,
  known: readonly { readonly id: number }[],
): ReadonlyMap<number, number> {
  const isKnown = membership(known);
  const unknown = new Map<number, number>();
  for (let row = 0; row < column.length; row++) {
    const id = column[row]!;
    if (!isKnown(id)) unknown.set(id, (unknown.get(id) ?? 0) + 1);
  }
  return new Map([...unknown].sort((a, b) => a[0] - b[0]));
}

function membership(known: readonly { readonly id: number }[]): (id: number) => boolean {
  if (known.length === 0) return () => false;
  let least = Infinity;
  let most = -Infinity;
  for (const { id } of known) {
    if (id < least) least = id;
    if (id > most) most = id;
  }
  if (most - least >= MAX_SPAN) {
    const ids = new Set(known.map(({ id }) => id));
    return (id) => ids.has(id);
  }
  // Reading past the end of a typed array gives undefined, which is not 1.
  const flags = new Uint8Array(most - least + 1);
  for (const { id } of known) flags[id - least] = 1;
  return (id) => flags[id - least] === 1;
}

/**
 * Which elements have a row in which stages: 1 at `element · stages + stage`, by position. Rows about
 * unknown elements and stages are left out.
 */
export function rowCoverage(
  elementIds: Int32Array,
  stageIds: Int32Array,
  elements: readonly { readonly id: number }[],
  stages: readonly { readonly id: number }[],
): Uint8Array {
  const covered = new Uint8Array(elements.length * stages.length);
  const elementAt = new Map(elements.map(({ id }, position) => [id, position]));
  const stageAt = new Map(stages.map(({ id }, position) => [id, position]));
  for (let row = 0; row < elementIds.length; row++) {
    const element = elementAt.get(elementIds[row]!);
    const stage = stageAt.get(stageIds[row]!);
    if (element !== undefined && stage !== undefined) {
      covered[element * stages.length + stage] = 1;
    }
  }
  return covered;
}
