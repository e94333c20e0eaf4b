/** The help texts, from the declared commands. */
import { COBRE_VERSION } from "../../protocol/mod.ts";
import { type FoundRoute, isGroup, type Routes } from "../command.ts";
import {
  DECLARED_GLOBALS,
  declaredArguments,
  type DeclaredFlag,
  declaredFlags,
} from "../declared.ts";
import { type Page, twoColumns, wrap } from "../page.ts";

const VARIABLES: readonly (readonly [string, string])[] = [
  ["COBRE_LOG", "error, warn (default), info, debug: how much to log"],
  ["COBRE_COLOR", "always, never: as --color; FORCE_COLOR and NO_COLOR are heeded too"],
  ["COBRE_HIGHS_LIB", "The HiGHS library to use"],
  ["COBRE_SOLVER", "auto, native, wasm: which build of HiGHS to use"],
];

const EXIT_CODES: readonly (readonly [string, string])[] = [
  ["0", "Success"],
  ["1", "The command line is wrong"],
  ["2", "config.json is wrong"],
  ["3", "Another file of the case is wrong or missing"],
  ["4", "Something failed while working"],
];

/** Help on the program. */
export function renderHelp(routes: Routes, page: Page): string {
  const commands = Object.entries(routes).map(([name, route]) => [name, route.brief] as const);
  return [
    `Cobre ${COBRE_VERSION} plans how a hydrothermal power system should use its water.\n`,
    section(
      "Usage",
      "  cobre COMMAND [FLAGS]\n  cobre CASE_DIR [FLAGS]    the same as cobre run\n",
      page,
    ),
    section("Commands", twoColumns(commands, page.width), page),
    section("Flags of every command", flagRows(DECLARED_GLOBALS, page), page),
    section("Environment", twoColumns(VARIABLES, page.width), page),
    section("Exit codes", twoColumns(EXIT_CODES, page.width), page),
  ].join("\n");
}

/** Help on one command or group. */
export function renderCommandHelp({ route, path }: FoundRoute, page: Page): string {
  const name = ["cobre", ...path].join(" ");
  if (isGroup(route)) {
    const entries = route.getAllEntries().map(({ name, target }) =>
      [name.original, target.brief] as const
    );
    return [
      `${route.brief}\n`,
      section("Usage", `  ${name} COMMAND [FLAGS]\n`, page),
      section("Commands", twoColumns(entries, page.width), page),
      section("Flags of every command", flagRows(DECLARED_GLOBALS, page), page),
    ].join("\n");
  }
  const args = declaredArguments(route);
  const flags = declaredFlags(route);
  const usage = [
    name,
    ...args.map(({ placeholder, optional, repeated }) => {
      const shown = repeated ? `${placeholder} …` : placeholder;
      return optional ? `[${shown}]` : shown;
    }),
    ...flags.map((flag) => `[${flagText(flag)}]`),
  ].join(" ");
  const argumentRows = args.map(({ placeholder, brief }) => [placeholder, brief] as const);
  return [
    `${wrap(`${route.brief}.`, page.width, "")}\n`,
    ...(route.fullDescription === undefined
      ? []
      : [`${wrap(route.fullDescription, page.width, "")}\n`]),
    section("Usage", `  ${usage}\n`, page),
    ...(args.length === 0
      ? []
      : [section("Arguments", twoColumns(argumentRows, page.width), page)]),
    ...(flags.length === 0 ? [] : [section("Flags", flagRows(flags, page), page)]),
    section("Flags of every command", flagRows(DECLARED_GLOBALS, page), page),
  ].join("\n");
}

function section(title: string, body: string, page: Page): string {
  return `${page.paint("strong", `${title}:`)}\n${body}`;
}

function flagRows(flags: readonly DeclaredFlag[], page: Page): string {
  const rows = flags.map((flag) => [flagText(flag, true), flag.brief] as const);
  return twoColumns(rows, page.width);
}

function flagText({ name, alias, takes }: DeclaredFlag, long = false): string {
  const value = takes === null ? "" : ` ${takes.placeholder}`;
  return `${long && alias !== null ? `-${alias}, ` : ""}--${name}${value}`;
}
