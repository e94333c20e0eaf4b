/** Takes the global flags out of a command line; what remains belongs to the command. */
import { CobreError, nearest } from "../protocol/mod.ts";
import { GLOBAL_FLAGS, type GlobalFlag, type Globals } from "./global_flags.ts";

/** A command line, taken apart. */
export interface Arguments {
  readonly globals: Globals;
  /** The other words, in their order. */
  readonly words: readonly string[];
}

/** Reads the global flags strictly: each at most once, with a value that it knows. */
export function readArguments(argv: readonly string[]): Arguments {
  const found = new Map<string, string>();
  const words: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at]!;
    if (word === "--") {
      words.push(...argv.slice(at));
      break;
    }
    const match = globalFlag(word);
    if (match === null) {
      words.push(word);
      continue;
    }
    const { flag, attached } = match;
    if (found.has(flag.name)) throw fault(flag, null, "it is given twice");
    if (flag.takes === undefined) {
      if (attached !== null) throw fault(flag, attached, "it takes no value");
      found.set(flag.name, "");
      continue;
    }
    const value = attached ?? argv[at + 1];
    if (value === undefined || value === "" || (attached === null && value.startsWith("-"))) {
      throw fault(flag, null, `it needs a value: ${valueText(flag)}`);
    }
    if (attached === null) at++;
    found.set(flag.name, checked(flag, value));
  }
  return { globals: asGlobals(found), words };
}

/**
 * The global flags as far as they can be made out, for answering about a line that is wrong. Never
 * fails.
 */
export function glimpseGlobals(argv: readonly string[]): Globals {
  const found = new Map<string, string>();
  const end = argv.indexOf("--");
  const before = end < 0 ? argv : argv.slice(0, end);
  before.forEach((word, at) => {
    const match = globalFlag(word);
    if (match === null) return;
    const { flag, attached } = match;
    const value = attached ?? before[at + 1] ?? "";
    if (flag.takes === undefined) found.set(flag.name, "");
    else if (flag.takes === "FILE" || flag.takes.includes(value)) found.set(flag.name, value);
  });
  return asGlobals(found);
}

function globalFlag(word: string): { flag: GlobalFlag; attached: string | null } | null {
  if (!word.startsWith("-")) return null;
  const equals = word.indexOf("=");
  const name = equals < 0 ? word : word.slice(0, equals);
  const attached = equals < 0 ? null : word.slice(equals + 1);
  const flag = GLOBAL_FLAGS.find((flag) => name === `--${flag.name}` || name === `-${flag.alias}`);
  return flag === undefined ? null : { flag, attached };
}

function checked(flag: GlobalFlag, value: string): string {
  if (flag.takes === "FILE" || flag.takes!.includes(value)) return value;
  const guess = nearest(value, flag.takes!);
  throw fault(
    flag,
    value,
    `found ${JSON.stringify(value)}, expected ${valueText(flag)}`,
    guess === null ? null : `Did you mean --${flag.name} ${guess}?`,
  );
}

function valueText(flag: GlobalFlag): string {
  return flag.takes === "FILE" ? "the path of a file" : flag.takes!.join(", ");
}

function fault(
  flag: GlobalFlag,
  value: string | null,
  detail: string,
  suggestion: string | null = null,
): CobreError {
  return CobreError.of(
    "InvalidArguments",
    `Cannot understand --${flag.name}: ${detail}`,
    { argument: `--${flag.name}`, value, detail },
    suggestion,
  );
}

function asGlobals(found: ReadonlyMap<string, string>): Globals {
  return {
    outputFormat: (found.get("output-format") ?? "human") as Globals["outputFormat"],
    quiet: found.has("quiet"),
    progress: !found.has("no-progress"),
    color: (found.get("color") ?? "auto") as Globals["color"],
    logFile: found.get("log-file") ?? null,
    help: found.has("help"),
    version: found.has("version"),
  };
}
