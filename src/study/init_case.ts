/** Making a case directory from a template. */
import { dirname, join, resolve } from "node:path";
import { CobreError } from "../protocol/mod.ts";
import { makeFolder } from "./make_folder.ts";
import { templateFiles, TEMPLATES } from "./templates.ts";

/** What to make. */
export interface InitRequest {
  readonly directory: string;
  readonly template: string;
  /** Whether files that are there already may be overwritten. */
  readonly force: boolean;
}

/** What was made. Files are relative to the directory. */
export interface InitOutcome {
  /** Absolute. */
  readonly directory: string;
  readonly template: string;
  readonly filesCreated: readonly string[];
  readonly filesOverwritten: readonly string[];
}

/**
 * Copies a template into a directory, which is made if need be. Files that are there already are
 * overwritten only if that is asked for; otherwise nothing at all is written.
 */
export async function initCase(request: InitRequest): Promise<InitOutcome> {
  const { template, force } = request;
  const directory = resolve(request.directory);
  if (!TEMPLATES.some(({ name }) => name === template)) throw unknownTemplate(template);
  const files = await templateFiles(template);
  const { fileState, writeFileAtomic } = await import("../files/mod.ts");
  const created: string[] = [];
  const present: string[] = [];
  for (const file of files.keys()) {
    const state = await fileState(join(directory, file));
    (state.is === "missing" ? created : present).push(file);
  }
  if (present.length > 0 && !force) throw wouldOverwrite(directory, present);
  for (const [file, content] of files) {
    const path = join(directory, file);
    await makeFolder(dirname(path));
    await writeFileAtomic(path, content);
  }
  return { directory, template, filesCreated: created, filesOverwritten: present };
}

function unknownTemplate(name: string): CobreError {
  const names = TEMPLATES.map((template) => template.name).join(", ");
  return CobreError.of(
    "InvalidArguments",
    `There is no template ${JSON.stringify(name)}; the templates are ${names}`,
    { argument: "--template", value: name, detail: "unknown template" },
    "cobre init --list describes them",
  );
}

function wouldOverwrite(directory: string, files: readonly string[]): CobreError {
  const detail = files.length === 1 ? `${files[0]} exists` : `${files.join(", ")} exist`;
  return CobreError.of(
    "OutputWriteFailed",
    `Cannot create a case in ${directory}: ${detail} already`,
    { path: directory, operation: "create", detail },
    "Choose another directory, or overwrite these files with --force",
  );
}
