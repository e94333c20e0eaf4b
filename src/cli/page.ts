/** What the rendering for people needs to know of the place where its text will stand. */
import type { ColorChoice } from "./global_flags.ts";
import type { Stream, Terminal } from "./terminal.ts";

/** How a text may look. */
export interface Page {
  /** Characters in a line; texts that are read as lines (errors, lists) are not broken. */
  readonly width: number;
  readonly paint: Paint;
}

/** Marks a text with the colour of its role, or leaves it as it is. */
export type Paint = (
  role: "error" | "warning" | "hint" | "strong" | "good",
  text: string,
) => string;

const DEFAULT_WIDTH = 100;

const CODES = {
  error: "1;31",
  warning: "33",
  hint: "36",
  strong: "1",
  good: "32",
} as const;

/** The page of a stream. */
export function pageOf(stream: Stream, color: ColorChoice, env: Terminal["env"]): Page {
  const coloured = wantsColor(color, env, stream.isTerminal);
  return {
    width: stream.columns ?? columnsOf(env("COLUMNS")) ?? DEFAULT_WIDTH,
    paint: coloured ? (role, text) => `\x1b[${CODES[role]}m${text}\x1b[0m` : (_, text) => text,
  };
}

/**
 * Whether to use colours: the flag decides, then `COBRE_COLOR`, `FORCE_COLOR`, `NO_COLOR`, and at
 * last whether a person is looking.
 */
export function wantsColor(
  flag: ColorChoice,
  env: Terminal["env"],
  isTerminal: boolean,
): boolean {
  const own = env("COBRE_COLOR");
  for (const choice of [flag, own]) {
    if (choice === "always") return true;
    if (choice === "never") return false;
  }
  const forced = env("FORCE_COLOR");
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  if (env("NO_COLOR") !== undefined) return false;
  return isTerminal && env("TERM") !== "dumb";
}

function columnsOf(text: string | undefined): number | null {
  return text !== undefined && /^[1-9]\d{0,4}$/.test(text) ? Number(text) : null;
}

/** Breaks a text at spaces into lines of at most `width`, the later ones after `indent`. */
export function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    const room = width - (lines.length === 0 ? 0 : indent.length);
    if (line !== "" && longer.length > room) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  lines.push(line);
  return lines.join(`\n${indent}`);
}

/** Two columns; the right one is broken to fit and never narrower than 30. */
export function twoColumns(rows: readonly (readonly [string, string])[], width: number): string {
  const left = Math.max(...rows.map(([word]) => word.length));
  const indent = " ".repeat(left + 4);
  const room = Math.max(30, width - indent.length);
  return rows.map(([word, text]) => `  ${word.padEnd(left)}  ${wrapColumn(text, room, indent)}\n`)
    .join("");
}

function wrapColumn(text: string, room: number, indent: string): string {
  return wrap(text, room, "").replaceAll("\n", `\n${indent}`);
}
