/** What a command is, what it gets, and what it gives back. */
import type { Command, CommandContext, RouteMap } from "@stricli/core";
import type { Envelope } from "../protocol/mod.ts";
import type { Globals } from "./global_flags.ts";
import type { Log } from "./log.ts";
import type { Page } from "./page.ts";
import type { Terminal } from "./terminal.ts";

/** The answer of a command. The renderings are made only when people look. */
export interface Answer {
  readonly envelope: Envelope;
  /** Text for stdout, ended by a line feed: what the command was asked for. */
  text?(page: Page): string;
  /** Text for stderr: what else people should know. Errors and warnings are added without this. */
  notes?(page: Page): string;
}

/** What a command gets besides its arguments. */
export interface CommandEnvironment {
  readonly log: Log;
  /** All commands by name, for those that speak of the others. */
  readonly routes: Routes;
  readonly globals: Globals;
  /** For commands that say something before they answer. */
  readonly terminal: Terminal;
}

/** A command as a function. */
export type Run<Flags, Args extends readonly unknown[]> = (
  environment: CommandEnvironment,
  flags: Flags,
  ...args: Args
) => Promise<Answer>;

/** What the command library carries from the command line to the command and back. */
export interface Context extends CommandContext {
  readonly environment: CommandEnvironment;
  answer: Answer | null;
}

/** A group of commands, such as `schema`. */
export type Group = RouteMap<Context>;

/** A command or a group of commands. */
export type Route = Command<Context> | Group;

/** Commands and groups by name, in the order of the help text. */
export type Routes = Readonly<Record<string, Route>>;

/** Whether a route is a group of commands. */
export function isGroup(route: Route): route is Group {
  return "getAllEntries" in route;
}

/** A route and the words that lead to it. */
export interface FoundRoute {
  readonly route: Route;
  readonly path: readonly string[];
}

/** The route that the first words name; null when the first one names none. */
export function findRoute(routes: Routes, words: readonly string[]): FoundRoute | null {
  const first = words[0];
  if (first === undefined || !Object.hasOwn(routes, first)) return null;
  let route = routes[first]!;
  const path = [first];
  for (const word of words.slice(1)) {
    if (!isGroup(route)) break;
    const entry = route.getAllEntries().find(({ name }) => name.original === word);
    if (entry === undefined) break;
    route = entry.target;
    path.push(word);
  }
  return { route, path };
}
