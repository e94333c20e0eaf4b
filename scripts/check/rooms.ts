/**
 * The rooms of the program, from top to bottom, and what each may import. A room sees every room
 * below it unless the table names a shorter list, and nothing sees what is above it.
 */

interface Room {
  readonly name: string;
  /** Names of the rooms it may import; left out, these are all rooms below. */
  readonly only?: readonly string[];
  /** Files besides `mod.ts` through which other rooms may import. */
  readonly sideDoors?: readonly string[];
}

/** The table, top first. */
export const ROOMS: readonly Room[] = [
  { name: "cli" },
  { name: "serve" },
  // The dashboard draws events that it is handed; it must be unable to reach into a study.
  { name: "tui", only: ["events", "protocol"] },
  { name: "rpc" },
  { name: "study" },
  { name: "output" },
  { name: "policy" },
  { name: "sddp" },
  { name: "parallel" },
  { name: "comm" },
  { name: "stochastic" },
  { name: "lp" },
  { name: "solver" },
  { name: "validation", only: ["case", "model", "events", "files", "protocol", "numeric"] },
  { name: "case", only: ["model", "files", "protocol", "numeric"] },
  { name: "model", only: ["protocol"] },
  { name: "events", only: ["protocol"] },
  { name: "files", only: ["protocol", "numeric"] },
  // Its schemas load the schema library, which a bare start of the program must not wait for.
  { name: "protocol", only: [], sideDoors: ["schemas.ts"] },
  { name: "numeric", only: [] },
];

/** The files outside `src/` that belong to the program, and the highest room each may import. */
const ENTRIES: Readonly<Record<string, string>> = { "main.ts": "cli", "mod.ts": "study" };

/** The name of the room or entry file that a path belongs to, or null for anything else. */
export function roomOf(path: string): string | null {
  if (path in ENTRIES) return path;
  return /^src\/([^/]+)\//.exec(path)?.[1] ?? null;
}

/** Whether the table knows a room or entry file of this name. */
export function isKnownRoom(name: string): boolean {
  return name in ENTRIES || ROOMS.some((room) => room.name === name);
}

/** The rooms that a room or entry file may import, besides itself. */
export function importableFrom(name: string): readonly string[] {
  const top = ENTRIES[name];
  if (top !== undefined) return namesFrom(indexOf(top));
  const index = indexOf(name);
  return ROOMS[index]?.only ?? namesFrom(index + 1);
}

/** The files of a room through which other rooms import; the first is the usual one. */
export function doorsOf(name: string): readonly string[] {
  const files = ["mod.ts", ...ROOMS[indexOf(name)]?.sideDoors ?? []];
  return files.map((file) => `src/${name}/${file}`);
}

function indexOf(name: string): number {
  return ROOMS.findIndex((room) => room.name === name);
}

function namesFrom(index: number): string[] {
  return ROOMS.slice(index).map((room) => room.name);
}
