/** The names of the subcommands. */

/** Subcommands, in the order of the help text. */
export const COMMANDS = [
  "init",
  "run",
  "validate",
  "report",
  "summary",
  "compare",
  "schema",
  "serve",
  "tui",
  "version",
  "help",
  "query",
  "policy",
  "fit",
  "completion",
] as const;

/** Name of a subcommand. */
export type Command = (typeof COMMANDS)[number];
