/** `cobre init DIRECTORY --template NAME` */
import { relative } from "node:path";
import { CobreError, counted, envelope, nearest } from "../../protocol/mod.ts";
import { initCase, type InitOutcome, TEMPLATES } from "../../study/mod.ts";
import type { Answer, CommandEnvironment } from "../command.ts";
import { type Page, twoColumns } from "../page.ts";

interface Flags {
  readonly template?: string | undefined;
  readonly list?: boolean | undefined;
  readonly force?: boolean | undefined;
}

/** Makes a case from a template, or lists the templates. */
export async function run(
  { log }: CommandEnvironment,
  flags: Flags,
  directory?: string,
): Promise<Answer> {
  const { template, list = false, force = false } = flags;
  if (list) {
    if (template !== undefined) throw conflict("--template");
    if (directory !== undefined) throw conflict("DIRECTORY", directory);
    if (force) throw conflict("--force");
    return listing();
  }
  if (template === undefined) throw missing("--template", "a template must be named");
  const names = TEMPLATES.map(({ name }) => name);
  if (!names.includes(template)) throw unknownTemplate(template, names);
  if (directory === undefined) throw missing("DIRECTORY", "the directory for the case is missing");
  const made = await initCase({ directory, template, force });
  log.write("info", "made case", { directory: made.directory, template });
  return {
    envelope: envelope({
      command: "init",
      data: {
        directory: made.directory,
        template,
        files_created: made.filesCreated,
        files_overwritten: made.filesOverwritten,
      },
      summary: { file_count: made.filesCreated.length + made.filesOverwritten.length },
    }),
    notes: (page) => notes(made, page),
  };
}

function listing(): Answer {
  return {
    envelope: envelope({
      command: "init",
      data: { templates: TEMPLATES },
      summary: { file_count: 0 },
    }),
    text: () => {
      const width = Math.max(...TEMPLATES.map(({ name }) => name.length));
      return TEMPLATES.map(({ name, description }) => `${name.padEnd(width)}  ${description}\n`)
        .join("");
    },
  };
}

function notes(made: InitOutcome, page: Page): string {
  const shown = relative(Deno.cwd(), made.directory) || ".";
  const place = shown.startsWith("..") ? made.directory : shown;
  const files = [
    ...made.filesCreated.map((file) => [file, ""] as const),
    ...made.filesOverwritten.map((file) => [file, "overwritten"] as const),
  ];
  const count = counted(files.length, "file");
  return page.paint("good", `Created ${place} from template ${made.template}: ${count}`) +
    `\n${twoColumns(files, page.width).replaceAll(/ +$/gm, "")}\nNext steps:\n` +
    ["README.md says what each file is for", `cobre validate ${quoted(place)}`]
      .map((step) => `  ${page.paint("hint", `-> ${step}`)}\n`).join("");
}

/** A path as it can be typed into a shell. */
function quoted(path: string): string {
  return /^[\w./@%+=:,-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}

function conflict(argument: string, value: string | null = null): CobreError {
  const detail = `--list only lists the templates and cannot be used with ${argument}`;
  return CobreError.of("InvalidArguments", `Cannot understand cobre init: ${detail}`, {
    argument,
    value,
    detail,
  });
}

function missing(argument: string, detail: string): CobreError {
  return CobreError.of(
    "InvalidArguments",
    `Cannot understand cobre init: ${detail}`,
    { argument, detail },
    `cobre init DIRECTORY --template ${TEMPLATES.map(({ name }) => name).join("|")}`,
  );
}

function unknownTemplate(name: string, names: readonly string[]): CobreError {
  const guess = nearest(name, names);
  return CobreError.of(
    "InvalidArguments",
    `There is no template ${JSON.stringify(name)}; the templates are ${names.join(", ")}`,
    { argument: "--template", value: name, detail: "unknown template" },
    guess === null ? "cobre init --list describes them" : `Did you mean ${guess}?`,
  );
}
