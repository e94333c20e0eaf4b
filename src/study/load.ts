/** Loading what only some operations need. */

/**
 * Loads a module when it is needed; the path counts from this room. Whatever stands behind a literal
 * `import("…")` is read by Deno before the program starts, though an operation may never ask for it;
 * a computed specifier is not.
 */
export function load<Module>(path: string): Promise<Module> {
  return import(new URL(path, import.meta.url).href);
}
