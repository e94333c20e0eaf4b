/** Finds the place of things in the JSON files of a case. */
import type { JsonDocument } from "../files/mod.ts";
import type { Sources } from "./case.ts";
import type { JsonFile } from "./json/issues.ts";
import { valueAt } from "./json/report.ts";

/** Answers about the given documents; `present` holds every known file of the case. */
export function createSources(
  present: ReadonlySet<string>,
  documents: ReadonlyMap<string, JsonDocument>,
  files: readonly JsonFile[],
): Sources {
  const lists = new Map(
    files.map(({ file, list, idField }) => [file, { list, idField: idField ?? "id" }]),
  );
  const positions = new Map<string, ReadonlyMap<number, number>>();
  const positionsOf = (file: string): ReadonlyMap<number, number> => {
    const known = positions.get(file);
    if (known !== undefined) return known;
    const made = indexItems(documents.get(file), lists.get(file));
    positions.set(file, made);
    return made;
  };
  return {
    has: (file) => present.has(file),
    locate: (file, path) => documents.get(file)?.locate(path) ?? null,
    entity(file, id, path = []) {
      const position = positionsOf(file).get(id);
      const list = lists.get(file)?.list;
      if (position === undefined || list === undefined || list === null) return null;
      return documents.get(file)?.locate([list, position, ...path]) ?? null;
    },
    json: (file) => documents.get(file)?.value,
  };
}

/** First position of each id in the main list of a file. */
function indexItems(
  document: JsonDocument | undefined,
  where: { readonly list: string | null; readonly idField: string } | undefined,
): ReadonlyMap<number, number> {
  const index = new Map<number, number>();
  const items = where?.list ? valueAt(document?.value, [where.list]) : undefined;
  if (!Array.isArray(items)) return index;
  items.forEach((item, position) => {
    const id = valueAt(item, [where!.idField]);
    if (typeof id === "number" && !index.has(id)) index.set(id, position);
  });
  return index;
}
