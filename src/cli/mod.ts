/** The command line: words in, an answer on stdout, an exit code out. */
export { runCli } from "./cli.ts";
export { processTerminal, type Stream, type Terminal } from "./terminal.ts";
