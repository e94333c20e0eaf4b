/** Numbers and lists of things in sentences. */

/** `1 bus`, `2 buses`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `a, b and c`; a long list ends with the number of the rest. */
export function listed(items: readonly (string | number)[], most = 8): string {
  if (items.length <= 1) return items.join();
  const shown = items.length > most ? items.slice(0, most) : items.slice(0, -1);
  const last = items.length > most ? `${items.length - most} more` : items.at(-1);
  return `${shown.join(", ")} and ${last}`;
}
