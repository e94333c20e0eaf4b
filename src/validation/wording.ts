/** How messages of rules call things. */
import { counted, listed } from "../protocol/mod.ts";

export { counted, listed };

/** `Hydro 3 'UPPER'`. */
export function named(
  noun: string,
  entity: { readonly id: number; readonly name: string },
): string {
  return `${noun} ${entity.id} '${entity.name.slice(0, 60)}'`;
}

/** `Hydro 3 'UPPER'`, or `Hydro 3` where no element of the list has the id. Sorted by id. */
export function namedById(
  noun: string,
  id: number,
  entities: readonly { readonly id: number; readonly name: string }[],
): string {
  let [from, to] = [0, entities.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (entities[middle]!.id < id) from = middle + 1;
    else to = middle;
  }
  const entity = entities[from];
  return entity?.id === id ? named(noun, entity) : `${noun} ${id}`;
}

/** `stage 4`, `stages 0–3`, `stages 0–3, 7 and 9`; a long list ends with the number of the rest. */
export function stageList(ids: readonly number[], most = 8): string {
  return ids.length === 1 ? `stage ${ids[0]}` : `stages ${listed(spans(ids), most)}`;
}

/** Runs of three or more neighbours become one item. */
function spans(ids: readonly number[]): string[] {
  const items: string[] = [];
  for (let first = 0; first < ids.length;) {
    let last = first;
    while (ids[last + 1] === ids[last]! + 1) last++;
    if (last - first >= 2) items.push(`${ids[first]}–${ids[last]}`);
    else for (let k = first; k <= last; k++) items.push(`${ids[k]}`);
    first = last + 1;
  }
  return items;
}
