/** Faults of a JSON document: what people and programs get wrong. */
import fc from "fast-check";
import { Fault } from "./fault.ts";

/** Text that stands in a document as it is. */
class Literal {
  constructor(readonly text: string) {}
}

type Holder = Record<string | number, unknown>;

/** A fault at one place of a document, which may hold faults already. */
export type JsonFault = Fault<unknown>;

const deep = (depth: number): Literal => new Literal("[".repeat(depth) + "]".repeat(depth));

/** Values that are at the edge of something, or nowhere near what belongs there. */
const STRANGE: readonly unknown[] = [
  null,
  true,
  "",
  "text",
  "0",
  [],
  {},
  [[]],
  [null],
  { id: 0 },
  0,
  -1,
  1.5,
  new Literal("-0"),
  new Literal("1.0"),
  new Literal("1e0"),
  new Literal("1e2"),
  1e308,
  -1e308,
  5e-324,
  new Literal("1e309"),
  new Literal("9007199254740993"),
  new Literal("123456789012345678901234567890"),
  2_147_483_647,
  2_147_483_648,
  -2_147_483_648,
  4_294_967_295,
  4_294_967_296,
  "0001-01-01",
  "9999-12-31",
  "2030-02-30",
  "2030-01-01T00:00:00Z",
  "\u0000",
  "\ud800",
  "☃".repeat(1000),
  "a".repeat(100_000),
  "__proto__",
  new Literal('{"__proto__": 1}'),
  new Literal('"\\ud800"'),
  deep(100),
  deep(255),
  deep(100_000),
  Array(2000).fill(0),
  Array(2000).fill({ id: 0 }),
];

const KEYS = ["", "x", "id", "__proto__", "constructor", "toString", "hasOwnProperty", "length"];

const natural = fc.nat({ max: 1_000_000 });

/** Any fault; the naturals choose the place among those that the document offers. */
export const jsonFaults: fc.Arbitrary<JsonFault> = fc.oneof(
  { arbitrary: fc.tuple(natural, fc.constantFrom(...STRANGE)).map(replaced), weight: 6 },
  { arbitrary: fc.tuple(natural, fc.jsonValue({ maxDepth: 2 })).map(replaced), weight: 1 },
  { arbitrary: natural.map(removed), weight: 2 },
  { arbitrary: fc.tuple(natural, fc.constantFrom(...KEYS, null)).map(renamed), weight: 2 },
  { arbitrary: natural.map(givenTwice), weight: 1 },
  { arbitrary: fc.tuple(natural, fc.constantFrom(...KEYS)).map(added), weight: 1 },
  { arbitrary: fc.tuple(natural, natural).map(swapped), weight: 2 },
  { arbitrary: natural.map(repeated), weight: 1 },
  { arbitrary: natural.map(emptied), weight: 1 },
);

function replaced([pick, value]: [number, unknown]): JsonFault {
  const shown = value instanceof Literal ? value.text : JSON.stringify(value);
  return at("replace", pick, () => true, shown.slice(0, 80), (holder, key) => holder[key] = value);
}

function removed(pick: number): JsonFault {
  return at("remove", pick, () => true, "", (holder, key) => {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
  });
}

function renamed([pick, name]: [number, string | null]): JsonFault {
  return at("rename", pick, isMember, name ?? "misspelled", (holder, key) => {
    const value = holder[key];
    delete holder[key];
    define(holder, name ?? `${String(key).slice(1)}${String(key)[0]}`, value);
  });
}

function givenTwice(pick: number): JsonFault {
  return at("twice", pick, isMember, "", (holder, key) => {
    const again = `${stringify(holder[key])}, ${JSON.stringify(key)}: 0`;
    holder[key] = new Literal(again);
  });
}

function added([pick, name]: [number, string]): JsonFault {
  const isPlace = (value: unknown): boolean => typeof value === "object" && !Array.isArray(value);
  return at("add", pick, (holder, key) => isPlace(holder[key]), name, (holder, key) => {
    const inner = holder[key] as Holder | null;
    if (inner !== null) define(inner, name, 1);
  });
}

function swapped([pick, other]: [number, number]): JsonFault {
  return new Fault(`swap ${pick} and ${other}`, (document) => {
    const root: Holder = { root: copied(document) };
    const places = placesOf(root, () => true);
    const [a, b] = [places[pick % places.length]!, places[other % places.length]!];
    const [first, second] = [a.holder[a.key], b.holder[b.key]];
    a.holder[a.key] = copied(second);
    b.holder[b.key] = copied(first);
    return root["root"];
  });
}

function repeated(pick: number): JsonFault {
  return at("repeat", pick, (holder) => Array.isArray(holder), "", (holder, key) => {
    (holder as unknown as unknown[]).push(copied(holder[key]));
  });
}

function emptied(pick: number): JsonFault {
  const hasItems = (value: unknown): boolean =>
    typeof value === "object" && value !== null && Object.keys(value).length > 0;
  return at("empty", pick, (holder, key) => hasItems(holder[key]), "", (holder, key) => {
    holder[key] = Array.isArray(holder[key]) ? [] : {};
  });
}

function isMember(holder: Holder): boolean {
  return !Array.isArray(holder);
}

/** A fault at the place that a natural picks among the fitting ones. */
function at(
  verb: string,
  pick: number,
  fits: (holder: Holder, key: string | number) => boolean,
  detail: string,
  change: (holder: Holder, key: string | number) => void,
): JsonFault {
  return new Fault(`${verb} at ${pick}: ${detail}`, (document) => {
    const root: Holder = { root: copied(document) };
    const places = placesOf(root, fits).filter(({ holder }) =>
      verb !== "remove" || holder !== root
    );
    const place = places[pick % places.length];
    if (place !== undefined) change(place.holder, place.key);
    return root["root"];
  });
}

function placesOf(
  root: Holder,
  fits: (holder: Holder, key: string | number) => boolean,
): { holder: Holder; key: string | number }[] {
  const places: { holder: Holder; key: string | number }[] = [];
  const visit = (holder: Holder): void => {
    for (const key of Object.keys(holder)) {
      if (fits(holder, key)) places.push({ holder, key });
      const value = holder[key];
      const inside = typeof value === "object" && value !== null && !(value instanceof Literal);
      if (inside) visit(value as Holder);
    }
  };
  visit(root);
  return places;
}

/** Sets a member even where the name is that of something inherited. */
function define(holder: Holder, key: string, value: unknown): void {
  Object.defineProperty(holder, key, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

/** A copy that keeps literals; nothing else of a document has a class. */
function copied(value: unknown): unknown {
  if (typeof value !== "object" || value === null || value instanceof Literal) return value;
  if (Array.isArray(value)) return value.map(copied);
  const copy: Holder = {};
  for (const [key, item] of Object.entries(value)) define(copy, key, copied(item));
  return copy;
}

/** The text of a document with faults. */
export function stringify(value: unknown): string {
  if (value instanceof Literal) return value.text;
  if (Array.isArray(value)) return `[${value.map(stringify).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members = Object.entries(value).map(([key, item]) =>
    `${JSON.stringify(key)}: ${stringify(item)}`
  );
  return `{${members.join(", ")}}`;
}
