/** The commands: their flags, arguments and descriptions. What they do is loaded when one runs. */
import {
  type BaseArgs,
  buildApplication,
  buildCommand,
  buildRouteMap,
  type Command,
  run,
  text_en,
  type TypedCommandParameters,
} from "@stricli/core";
import { CobreError, toCobreError } from "../protocol/mod.ts";
import { argumentFault } from "./argument_fault.ts";
import {
  type Answer,
  type CommandEnvironment,
  type Context,
  findRoute,
  type FoundRoute,
  isGroup,
  type Route,
  type Routes,
  type Run,
} from "./command.ts";
import { SHELLS } from "./shells.ts";

/** A word as it is typed. An empty one is what an unset variable of the shell leaves behind. */
function text(input: string): string {
  if (input === "") throw new Error("a value is expected");
  return input;
}

/** A number of problems. */
function problemCount(input: string): number {
  if (!/^[1-9]\d{0,8}$/.test(input)) throw new Error("a whole number from 1 is expected");
  return Number(input);
}

/** A number of threads. */
function threadCount(input: string): number {
  if (!/^[1-9]\d{0,3}$/.test(input)) throw new Error("a whole number from 1 to 9999 is expected");
  return Number(input);
}

/** The id of an entity. */
function entityId(input: string): number {
  if (!/^-?\d{1,9}$/.test(input)) throw new Error("a whole number is expected");
  return Number(input);
}

/**
 * Loads a module when it is needed. Whatever stands behind a literal `import("…")` is read by Deno
 * before the program starts, for every command; a computed specifier is not.
 */
function load<Module>(path: string): Promise<Module> {
  return import(new URL(path, import.meta.url).href);
}

function command<
  const Flags extends Readonly<Partial<Record<keyof Flags, unknown>>>,
  const Args extends BaseArgs,
>(
  load: () => Promise<Run<Flags, Args>>,
  brief: string,
  fullDescription: string,
  parameters: NoInfer<TypedCommandParameters<Flags, Args, Context>>,
): Command<Context> {
  return buildCommand<Flags, Args, Context>({
    loader: async () => {
      const run = await load();
      return async function (this: Context, flags: Flags, ...args: Args): Promise<void> {
        this.answer = await run(this.environment, flags, ...args);
      };
    },
    docs: { brief, fullDescription },
    // The scanner looks flags up by name and must not find what every object inherits.
    parameters: { ...parameters, flags: Object.assign(Object.create(null), parameters.flags) },
  });
}

const caseDirectory = {
  brief: "The folder of the case",
  placeholder: "CASE_DIR",
  parse: text,
} as const;

const init = command(
  async () => (await load<typeof import("./commands/init.ts")>("./commands/init.ts")).run,
  "Make a case directory from a template",
  "Copies a template into a directory. Files that are there already are left alone: the command " +
    "names them and writes nothing, unless --force is given.",
  {
    flags: {
      template: {
        kind: "parsed",
        parse: text,
        proposeCompletions: async () => {
          const { TEMPLATES } = await load<typeof import("../study/mod.ts")>("../study/mod.ts");
          return TEMPLATES.map(({ name }) => name);
        },
        optional: true,
        placeholder: "NAME",
        brief: "Which template",
      },
      list: { kind: "boolean", optional: true, withNegated: false, brief: "List the templates" },
      force: {
        kind: "boolean",
        optional: true,
        withNegated: false,
        brief: "Overwrite files that are there already",
      },
    },
    positional: {
      kind: "tuple",
      parameters: [{
        brief: "Where to put the case; made if need be",
        placeholder: "DIRECTORY",
        parse: text,
        optional: true,
      }],
    },
  },
);

const runCase = command(
  async () => (await load<typeof import("./commands/run.ts")>("./commands/run.ts")).run,
  "Run a study: read the case, validate it, and do what config.json asks for",
  "Trains a policy and simulates it. The result does not depend on the number of threads. SIGTERM " +
    "or Ctrl-C stop the run after the iteration that it is in; a second Ctrl-C ends it at once. " +
    "The word run may be left out: cobre CASE_DIR does the same.",
  {
    flags: {
      output: {
        kind: "parsed",
        parse: text,
        optional: true,
        placeholder: "DIR",
        brief: "Where to put the results; the folder output of the case if left out",
      },
      threads: {
        kind: "parsed",
        parse: threadCount,
        optional: true,
        placeholder: "N",
        brief: "Threads that work; COBRE_THREADS, or 1, if left out",
      },
      "check-cold": {
        kind: "parsed",
        parse: problemCount,
        optional: true,
        placeholder: "N",
        brief: "Solve N stage problems again from nothing and compare the costs",
      },
      "validate-only": {
        kind: "boolean",
        optional: true,
        withNegated: false,
        brief: "Stop after validation, whatever config.json says",
      },
    },
    positional: { kind: "tuple", parameters: [caseDirectory] },
  },
);

const validate = command(
  async () => (await load<typeof import("./commands/validate.ts")>("./commands/validate.ts")).run,
  "Check a case directory and report every problem at once",
  "Reads all files of the case, in the v0.5 or the v0.18 layout, and holds them against every rule " +
    "without solving anything. The report is also left in the case as validation_report.json, if " +
    "that can be written.",
  { flags: {}, positional: { kind: "tuple", parameters: [caseDirectory] } },
);

const fit = command(
  async () => (await load<typeof import("./commands/fit.ts")>("./commands/fit.ts")).run,
  "Show the inflow models of a case beside its history",
  "Prepares the inflow models as a run does, from what the case gives or fitted to its history, " +
    "and draws two thousand years from them. The answer tells means, deviations, orders, coefficients " +
    "and correlations, and how what is drawn compares with what was observed. Nothing is written.",
  {
    flags: {
      hydro: {
        kind: "parsed",
        parse: entityId,
        optional: true,
        variadic: true,
        placeholder: "ID",
        brief: "Only this hydro, in full; may be repeated",
      },
      season: {
        kind: "parsed",
        parse: entityId,
        optional: true,
        variadic: true,
        placeholder: "ID",
        brief: "Only this season; may be repeated",
      },
    },
    positional: { kind: "tuple", parameters: [caseDirectory] },
  },
);

const schemaExport = command(
  async () =>
    (await load<typeof import("./commands/schema_export.ts")>("./commands/schema_export.ts")).run,
  "Write the JSON Schemas of everything that crosses the boundary of the program",
  "Writes JSON Schema 2020-12 files. The folder is made if need be; files are overwritten.",
  {
    flags: {
      "output-dir": {
        kind: "parsed",
        parse: text,
        optional: true,
        placeholder: "DIR",
        brief: "Where to write them; the current folder if left out",
      },
    },
    positional: { kind: "tuple", parameters: [] },
  },
);

const version = command(
  async () => (await load<typeof import("./commands/version.ts")>("./commands/version.ts")).run,
  "Print versions, the solver and why it was chosen",
  "Prints what this program is made of and what it found on this machine.",
  { flags: {}, positional: { kind: "tuple", parameters: [] } },
);

const completion = command(
  async () =>
    (await load<typeof import("./commands/completion.ts")>("./commands/completion.ts")).run,
  "Print a script that completes command lines in a shell",
  "bash: put `source <(cobre completion bash)` into ~/.bashrc. " +
    "zsh: cobre completion zsh > a file named _cobre in a folder of $fpath. " +
    "fish: cobre completion fish > ~/.config/fish/completions/cobre.fish.",
  {
    flags: {},
    positional: {
      kind: "tuple",
      parameters: [{
        brief: SHELLS.join(", "),
        placeholder: "SHELL",
        parse: text,
        proposeCompletions: () => SHELLS,
      }],
    },
  },
);

/** The name of a command that there is. */
export type CommandName =
  | "init"
  | "run"
  | "validate"
  | "fit"
  | "schema"
  | "version"
  | "completion"
  | "help";

/** The names of the commands, in the order of the help text. */
export const COMMAND_NAMES: readonly CommandName[] = [
  "init",
  "run",
  "validate",
  "fit",
  "schema",
  "version",
  "completion",
  "help",
];

const help = command(
  async () => (await load<typeof import("./commands/help.ts")>("./commands/help.ts")).run,
  "Explain a command",
  "Prints the same as --help after the command.",
  {
    flags: {},
    positional: {
      kind: "array",
      parameter: {
        brief: "The command; all of them if left out",
        placeholder: "COMMAND",
        parse: text,
        proposeCompletions: () => COMMAND_NAMES,
      },
    },
  },
);

const routes: Readonly<Record<CommandName, Route>> = {
  init,
  run: runCase,
  validate,
  fit,
  schema: buildRouteMap<"export", Context>({
    routes: { export: schemaExport },
    docs: { brief: "Work with the JSON Schemas of the program" },
  }),
  version,
  completion,
  help,
};

/** The commands by name. */
export const ROUTES: Routes = routes;

/** Whether a word is the name of a command. */
export function isCommandName(word: string | undefined): boolean {
  return word !== undefined && Object.hasOwn(routes, word);
}

/** Runs the command that the words name. Throws what the command throws, and `InvalidArguments`. */
export async function runWords(
  words: readonly string[],
  environment: CommandEnvironment,
): Promise<Answer> {
  // The library prints what goes wrong; this program answers it, so its text becomes an exception.
  let thrown: unknown = null;
  const keep = (fault: unknown): string => {
    thrown ??= fault;
    return "";
  };
  const found = findRoute(ROUTES, words);
  if (found === null || isGroup(found.route)) throw commandMissing(words, found);
  const name = found.path.join(" ");
  const app = buildApplication(buildRouteMap({ routes, docs: { brief: "" } }), {
    name: "cobre",
    scanner: { caseStyle: "original", allowArgumentEscapeSequence: true },
    documentation: { caseStyle: "original", disableAnsiColor: true },
    localization: {
      text: {
        ...text_en,
        exceptionWhileParsingArguments: (fault) => keep(argumentFault(fault, name, found.route)),
        exceptionWhileLoadingCommandFunction: keep,
        exceptionWhileRunningCommand: keep,
      },
    },
  });
  const silent = { write() {} };
  const context: Context = {
    environment,
    answer: null,
    process: { stdout: silent, stderr: silent },
  };
  await run(app, words, context);
  if (thrown !== null) throw thrown instanceof CobreError ? thrown : toCobreError(thrown);
  if (context.answer === null) throw new Error(`cobre ${name} gave no answer`);
  return context.answer;
}

/** Words that end at a group of commands, or at a word that is none of them. */
function commandMissing(words: readonly string[], found: FoundRoute | null): CobreError {
  const name = found === null ? "" : ` ${found.path.join(" ")}`;
  const known = found !== null && isGroup(found.route)
    ? found.route.getAllEntries().map((entry) => entry.name.original)
    : COMMAND_NAMES;
  const word = words[found?.path.length ?? 0] ?? null;
  const what = word === null ? "a command is missing after it" : `found ${JSON.stringify(word)}`;
  return CobreError.of(
    "InvalidArguments",
    `Cannot understand cobre${name}: ${what}, expected ${
      known.map((word) => `cobre${name} ${word}`).join(", ")
    }`,
    { argument: name.trim() || "COMMAND", value: word, detail: "unknown command" },
  );
}
