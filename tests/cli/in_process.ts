/** Runs command lines inside the test, which is quick enough for hundreds of them. */
import { runCli, type Stream, type Terminal } from "../../src/cli/mod.ts";
import type { Ending } from "./cobre.ts";

/** A terminal that remembers what was written; its streams may claim to be terminals. */
export function fakeTerminal(
  env: Readonly<Record<string, string>> = {},
  isTerminal = false,
): Terminal & { texts(): { stdout: string; stderr: string } } {
  const texts = { stdout: "", stderr: "" };
  const stream = (name: keyof typeof texts): Stream => ({
    isTerminal,
    columns: isTerminal ? 80 : null,
    write: (text) => {
      texts[name] += text;
      return Promise.resolve();
    },
  });
  return {
    stdout: stream("stdout"),
    stderr: stream("stderr"),
    env: (name) => env[name] || undefined,
    texts: () => ({ ...texts }),
  };
}

/** Runs a command line without a child process. */
export async function cobreInProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  isTerminal = false,
): Promise<Ending> {
  const terminal = fakeTerminal(env, isTerminal);
  const code = await runCli(args, terminal);
  return { code, ...terminal.texts() };
}
