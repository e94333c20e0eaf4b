/** What can be completed: one reading of the declared commands for the scripts of all shells. */
import { isGroup, type Route, type Routes } from "../command.ts";
import {
  DECLARED_GLOBALS,
  declaredArguments,
  type DeclaredFlag,
  declaredFlags,
  type Taken,
} from "../declared.ts";

/** What may stand at a place of the command line. */
export type Values =
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "folders" }
  | { readonly kind: "files" };

/** A flag that can be completed. */
export interface CompletedFlag {
  readonly name: string;
  readonly brief: string;
  /** Null for a flag without a value. */
  readonly values: Values | null;
}

/** A command that can be completed. */
export interface CompletedCommand {
  /** One word, or two for a command of a group. */
  readonly path: readonly string[];
  readonly brief: string;
  readonly flags: readonly CompletedFlag[];
  /** What its first argument may be; null if it takes none. */
  readonly argument: Values | null;
}

/** Everything that can be completed. */
export interface CompletionModel {
  readonly commands: readonly CompletedCommand[];
  readonly globals: readonly CompletedFlag[];
}

/** Reads the declared commands. */
export async function completionModel(routes: Routes): Promise<CompletionModel> {
  const commands: CompletedCommand[] = [];
  for (const [name, route] of Object.entries(routes)) {
    commands.push(...await commandsOf([name], route));
  }
  return { commands, globals: await Promise.all(DECLARED_GLOBALS.map(completedFlag)) };
}

async function commandsOf(path: readonly string[], route: Route): Promise<CompletedCommand[]> {
  const argument = declaredArguments(route)[0];
  const own: CompletedCommand = {
    path,
    brief: route.brief,
    flags: await Promise.all(declaredFlags(route).map(completedFlag)),
    argument: argument === undefined ? null : await valuesOf(argument),
  };
  if (!isGroup(route)) return [own];
  const entries = route.getAllEntries();
  const words = entries.map(({ name }) => name.original);
  const below = await Promise.all(
    entries.map(({ name, target }) => commandsOf([...path, name.original], target)),
  );
  return [{ ...own, argument: { kind: "words", words } }, ...below.flat()];
}

async function completedFlag({ name, brief, takes }: DeclaredFlag): Promise<CompletedFlag> {
  return { name, brief, values: takes === null ? null : await valuesOf(takes) };
}

async function valuesOf(taken: Taken): Promise<Values> {
  const words = await taken.words();
  if (words.length > 0) return { kind: "words", words };
  return { kind: /DIR/.test(taken.placeholder) ? "folders" : "files" };
}
