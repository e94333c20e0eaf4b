/** The program `cobre`. */
import { processTerminal, runCli } from "./src/cli/mod.ts";

if (import.meta.main) {
  runCli(Deno.args, processTerminal()).then((code) => Deno.exit(code));
}
