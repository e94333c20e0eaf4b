/** What a zod schema says about the keys and integers of a document, as a tree to walk beside it. */
import { z } from "zod";

/** A place of a document. A union is all of its options at once. */
export interface SchemaTree {
  /** Whether a number here must be an integer. */
  readonly integer: boolean;
  /** Whether the integer may have 64 bits. */
  readonly wide: boolean;
  /** Known keys of an object here. */
  readonly keys: ReadonlyMap<string, SchemaTree>;
  /** Items of a list, or values of an object with free keys. */
  readonly items: SchemaTree | null;
  /** Whether there is an integer here or below. */
  readonly anyInteger: boolean;
}

const EMPTY: SchemaTree = {
  integer: false,
  wide: false,
  keys: new Map(),
  items: null,
  anyInteger: false,
};

/** The tree of a schema. */
export function schemaTree(schema: z.core.$ZodType): SchemaTree {
  if (schema instanceof z.ZodObject) {
    const keys = new Map<string, SchemaTree>();
    for (const [key, field] of Object.entries(schema.shape)) keys.set(key, schemaTree(field));
    const anyInteger = [...keys.values()].some((tree) => tree.anyInteger);
    return { ...EMPTY, keys, anyInteger };
  }
  if (schema instanceof z.ZodArray) return ofItems(schemaTree(schema.element));
  if (schema instanceof z.ZodRecord) return ofItems(schemaTree(schema.valueType));
  if (schema instanceof z.ZodTuple) {
    return ofItems(schema.def.items.map(schemaTree).reduce(merge, EMPTY));
  }
  if (schema instanceof z.ZodUnion) return schema.options.map(schemaTree).reduce(merge, EMPTY);
  if (
    schema instanceof z.ZodDefault || schema instanceof z.ZodNullable ||
    schema instanceof z.ZodOptional || schema instanceof z.ZodPrefault
  ) return schemaTree(schema.def.innerType);
  if (schema instanceof z.ZodPipe) return schemaTree(schema.in);
  if (schema instanceof z.ZodNumberFormat) return { ...EMPTY, integer: true, anyInteger: true };
  if (schema instanceof z.ZodBigInt) {
    return { ...EMPTY, integer: true, wide: true, anyInteger: true };
  }
  return EMPTY;
}

function ofItems(items: SchemaTree): SchemaTree {
  return { ...EMPTY, items, anyInteger: items.anyInteger };
}

function merge(a: SchemaTree, b: SchemaTree): SchemaTree {
  const keys = new Map(a.keys);
  for (const [key, tree] of b.keys) {
    const other = keys.get(key);
    keys.set(key, other === undefined ? tree : merge(other, tree));
  }
  return {
    integer: a.integer || b.integer,
    wide: a.wide || b.wide,
    keys,
    items: a.items === null ? b.items : b.items === null ? a.items : merge(a.items, b.items),
    anyInteger: a.anyInteger || b.anyInteger,
  };
}

/** The known keys of the object at a path; empty where the schema knows none. */
export function knownKeys(tree: SchemaTree, path: readonly PropertyKey[]): readonly string[] {
  let at = tree;
  for (const step of path) {
    const next = at.keys.get(String(step)) ?? at.items;
    if (next === null) return [];
    at = next;
  }
  return [...at.keys.keys()];
}
