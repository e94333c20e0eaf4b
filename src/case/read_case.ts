/** Reads a case directory, in either layout, into the model. */
import { resolve } from "node:path";
import {
  type FileState,
  fileState,
  type JsonDocument,
  listFiles,
  readJsonFile,
} from "../files/mod.ts";
import { CobreError } from "../protocol/mod.ts";
import { assembleCase } from "./assemble.ts";
import type { CaseReading } from "./case.ts";
import { tellDialect } from "./dialect.ts";
import { constraintSenses } from "./json/generic_constraints.ts";
import { JSON_FILES, parseFiles } from "./json_files.ts";
import { KNOWN_FILES, REQUIRED_FILES } from "./known_files.ts";
import { Problems } from "./problem.ts";
import { createSources } from "./sources.ts";
import { readTables } from "./table/read_tables.ts";
import { reportUnknownFiles } from "./unknown_files.ts";

/**
 * Reads the case in a folder. Bad input is never thrown: whatever is wrong stands in `problems`,
 * and `case` is null where the files do not give one.
 */
export async function readCase(directory: string): Promise<CaseReading> {
  const absolute = resolve(directory);
  const problems = new Problems();
  const none = (files: readonly string[], dialect: CaseReading["dialect"]): CaseReading => ({
    directory: absolute,
    dialect,
    files,
    problems: problems.all,
    case: null,
  });

  const folder = await fileState(absolute);
  if (folder.is !== "folder") {
    reportMissing(absolute, "the case", folder, "a folder", problems);
    return none([], "v0.5");
  }
  const present = await listPresent(absolute, problems);
  const files = KNOWN_FILES.filter((file) => present.has(file));
  if (files.length > 0) await reportUnknownFiles(absolute, problems);
  const documents = await readDocuments(absolute, files, problems);
  const dialect = tellDialect(documents, problems);
  if (dialect === null) return none(files, "v0.5");

  const parsed = parseFiles({ directory: absolute, dialect, present, documents }, problems);
  const { genericConstraints } = parsed.entities;
  const tables = await readTables(absolute, present, {
    dialect,
    senses: genericConstraints === null ? new Map() : constraintSenses(genericConstraints),
    horizon: parsed.horizon,
  }, problems);
  if (problems.hasErrors(2)) return none(files, dialect);

  const built = assembleCase({ dialect, present, documents, parsed, tables }, problems);
  if (built === null) return none(files, dialect);
  return {
    directory: absolute,
    dialect,
    files,
    problems: problems.all,
    case: {
      directory: absolute,
      dialect,
      system: built.system,
      config: built.config,
      sources: createSources(present, documents, JSON_FILES),
    },
  };
}

/** The known files that can be read; whatever stands in the way of one is reported. */
async function listPresent(directory: string, problems: Problems): Promise<ReadonlySet<string>> {
  const required = new Set<string>(REQUIRED_FILES);
  const present = new Set<string>();
  for (const [file, state] of await listFiles(directory, KNOWN_FILES)) {
    if (state.is === "file") present.add(file);
    else if (state.is !== "missing" || required.has(file)) {
      reportMissing(file, file, state, "a file", problems);
    }
  }
  return present;
}

function reportMissing(
  file: string,
  name: string,
  state: FileState,
  expected: string,
  problems: Problems,
): void {
  const reason = state.is === "missing"
    ? "it does not exist"
    : state.is === "unreadable"
    ? state.reason
    : `it is ${state.is === "other" ? "neither a file nor a folder" : `a ${state.is}`}`;
  const where = file === name ? name : `${name} ${file}`;
  const message = `Cannot read ${where}: ${reason}, expected ${expected}`;
  problems.error(1, "MissingFile", message, { file, rule: "L1.required" });
}

/** Every JSON file that can be parsed; the others are reported. */
async function readDocuments(
  directory: string,
  files: readonly string[],
  problems: Problems,
): Promise<ReadonlyMap<string, JsonDocument>> {
  const documents = new Map<string, JsonDocument>();
  for (const file of files) {
    if (!file.endsWith(".json")) continue;
    try {
      documents.set(file, await readJsonFile(`${directory}/${file}`, file));
    } catch (thrown) {
      if (!(thrown instanceof CobreError)) throw thrown;
      for (const { message, context, suggestion } of thrown.records) {
        const syntax = thrown.kind === "ParseError";
        const rule = syntax ? "L1.syntax" : "L1.required";
        const kind = syntax ? "ParseError" : "MissingFile";
        problems.error(1, kind, message, { ...context, rule }, suggestion);
      }
    }
  }
  return documents;
}
