/** Starts the program as people do, with the permissions of the task `cobre`. */

const MAIN = new URL("../../main.ts", import.meta.url).pathname;
const TASKS = new URL("../../deno.json", import.meta.url);

/** How a command ended. */
export interface Ending {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where and with what a command is started. */
export interface Setting {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
}

/** What follows `deno` to start the program. */
export const RUN_ARGS: readonly string[] = runArgs();

/** Runs `cobre` with these arguments. Of the environment only what Deno itself needs is passed on. */
export async function cobre(args: readonly string[], setting: Setting = {}): Promise<Ending> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...RUN_ARGS, ...args],
    clearEnv: true,
    env: { ...baseEnv(), ...setting.env },
    ...(setting.cwd === undefined ? {} : { cwd: setting.cwd }),
    stdin: "null",
  });
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** The variables that Deno needs to find its cache. */
export function baseEnv(): Record<string, string> {
  const names = ["HOME", "PATH", "DENO_DIR", "XDG_CACHE_HOME", "USERPROFILE", "LOCALAPPDATA"];
  const found = names.flatMap((name) => {
    const value = Deno.env.get(name);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(found);
}

/** Runs the body with the path of a new folder that is removed afterwards. */
export async function inNewFolder<T>(body: (folder: string) => Promise<T>): Promise<T> {
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "cobre_cli_" }));
  try {
    return await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The path of a template in the sources. */
export function template(name: string): string {
  return new URL(`../../fixtures/templates/${name}`, import.meta.url).pathname;
}

function runArgs(): string[] {
  const { tasks } = JSON.parse(Deno.readTextFileSync(TASKS)) as {
    tasks: { cobre: { command: string } };
  };
  const [, ...words] = tasks.cobre.command.split(" ");
  return words.map((word) => word === "main.ts" ? MAIN : word);
}
