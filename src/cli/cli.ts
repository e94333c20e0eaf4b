/** A command line from its first word to its exit code. */
import {
  CobreError,
  type Command,
  COMMANDS,
  type Envelope,
  envelope,
  formatEnvelope,
  formatLine,
  nearest,
  resultLine,
  toCobreError,
} from "../protocol/mod.ts";
import { COMMAND_NAMES, isCommandName, ROUTES, runWords } from "./app.ts";
import { glimpseGlobals, readArguments } from "./arguments.ts";
import { type Answer, type CommandEnvironment, findRoute } from "./command.ts";
import type { Globals } from "./global_flags.ts";
import { helpAnswer } from "./help_answer.ts";
import { type Log, NO_LOG, openLog } from "./log.ts";
import { pageOf } from "./page.ts";
import { renderProblems } from "./render/problems.ts";
import type { Terminal } from "./terminal.ts";

/** Runs a command line and gives the exit code; nothing that happens on the way is thrown. */
export async function runCli(argv: readonly string[], terminal: Terminal): Promise<number> {
  let globals = glimpseGlobals(argv);
  let log: Log = NO_LOG;
  let words: readonly string[] = argv;
  let answer: Answer;
  try {
    ({ globals, words } = readArguments(argv));
    log = openLog(globals, terminal);
    answer = await answerTo(globals, words, { log, routes: ROUTES, globals, terminal });
  } catch (thrown) {
    const error = toCobreError(thrown);
    const cause = error.kind === "InternalPanic" ? error.cause ?? error : error;
    log.write("debug", "the command failed", {
      stack: cause instanceof Error ? cause.stack ?? cause.message : String(cause),
    });
    answer = { envelope: envelope({ command: commandOf(words), errors: error.records }) };
  }
  await log.close();
  await present(answer, globals, terminal);
  return answer.envelope.exit_code;
}

async function answerTo(
  globals: Globals,
  words: readonly string[],
  environment: CommandEnvironment,
): Promise<Answer> {
  if (globals.help || (words.length === 0 && !globals.version)) {
    return helpAnswer(ROUTES, findRoute(ROUTES, words));
  }
  if (globals.version) {
    const answer = await runWords(["version"], environment);
    const { cobre_version: version } = answer.envelope;
    return { envelope: answer.envelope, text: () => `cobre ${version}\n` };
  }
  return await runWords(await withCommand(words), environment);
}

/** A line that begins with a case instead of a command is a run of that case. */
async function withCommand(words: readonly string[]): Promise<readonly string[]> {
  const [word = ""] = words;
  if (isCommandName(word)) return words;
  const end = words.indexOf("--");
  const place = end === 0
    ? words[1]
    : words.find((word, at) => !word.startsWith("-") && (end < 0 || at < end));
  if (place !== undefined && (end === 0 || !isCommandName(place)) && await exists(place)) {
    return ["run", ...words];
  }
  const isFlag = word.startsWith("-");
  const guess = isFlag ? null : nearest(word, COMMAND_NAMES);
  throw CobreError.of(
    "InvalidArguments",
    isFlag
      ? `There is no flag ${word} before the command`
      : `${JSON.stringify(word)} is neither a command nor an existing path; ` +
        `the commands are ${COMMAND_NAMES.join(", ")}`,
    { argument: word, value: word, detail: isFlag ? "unknown flag" : "unknown command" },
    guess === null ? "cobre --help explains the commands" : `Did you mean cobre ${guess}?`,
  );
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch {
    return false;
  }
}

/** The command that a failed line is answered for: without a name, it was meant as a run. */
function commandOf(words: readonly string[]): Command {
  const name = words.find((word) => !word.startsWith("-"));
  return COMMANDS.find((command) => command === name && isCommandName(name)) ?? "run";
}

/** Writes an answer: data to stdout, what is meant for people besides it to stderr. */
async function present(answer: Answer, globals: Globals, terminal: Terminal): Promise<void> {
  const { outputFormat, quiet, color } = globals;
  const { stdout, stderr, env } = terminal;
  if (outputFormat !== "human") {
    if (!quiet) await stdout.write(structured(answer.envelope, outputFormat));
    return;
  }
  const { errors, warnings } = answer.envelope;
  if (!quiet && answer.text !== undefined) {
    await stdout.write(answer.text(pageOf(stdout, color, env)));
  }
  const page = pageOf(stderr, color, env);
  await stderr.write(
    (quiet ? "" : answer.notes?.(page) ?? "") + renderProblems("error", errors, page) +
      renderProblems("warning", warnings, page),
  );
}

function structured(result: Envelope, format: "json" | "json-lines"): string {
  if (format === "json") return formatEnvelope(result, "pretty");
  return result.command === "run" ? formatLine(resultLine(result)) : formatEnvelope(result, "line");
}
