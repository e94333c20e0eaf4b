/** The program as a variant to measure. */
import type { Variant } from "./measure.ts";

const ROOT = new URL("../../", import.meta.url).pathname;
const PERMISSIONS = ["read", "write", "env", "sys=hostname", "ffi"].map((name) =>
  `--allow-${name}`
);

/** Runs a module of the repository with the permissions that the program has. */
export function denoVariant(label: string, module: string, args: readonly string[]): Variant {
  const command = ["run", "--no-prompt", "--no-check", ...PERMISSIONS, module, ...args];
  return { label, command: Deno.execPath(), args: command, cwd: ROOT };
}

/** Runs the program from its sources. */
export function cobreVariant(label: string, args: readonly string[]): Variant {
  return denoVariant(label, `${ROOT}main.ts`, args);
}
