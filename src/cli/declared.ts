/** The declared flags and arguments of a command in the form that help and completion need. */
import type { Route } from "./command.ts";
import { isGroup } from "./command.ts";
import { GLOBAL_FLAGS } from "./global_flags.ts";

/** What a flag or an argument takes. */
export interface Taken {
  /** As it stands in usage lines, such as `NAME` or `json|human`. */
  readonly placeholder: string;
  /** The words it may be; none if they are not known. */
  words(): Promise<readonly string[]>;
}

/** A flag. */
export interface DeclaredFlag {
  readonly name: string;
  readonly alias: string | null;
  /** Null for a flag without a value. */
  readonly takes: Taken | null;
  readonly brief: string;
}

/** An argument. */
export interface DeclaredArgument extends Taken {
  readonly brief: string;
  readonly optional: boolean;
  /** Whether it may come several times. */
  readonly repeated: boolean;
}

/** The flags of every command. */
export const DECLARED_GLOBALS: readonly DeclaredFlag[] = GLOBAL_FLAGS.map((flag) => ({
  name: flag.name,
  alias: flag.alias ?? null,
  takes: flag.takes === undefined
    ? null
    : flag.takes === "FILE"
    ? { placeholder: "FILE", words: noWords }
    : wordsOf(flag.takes),
  brief: flag.brief,
}));

/** The flags of a command itself. */
export function declaredFlags(route: Route): DeclaredFlag[] {
  if (isGroup(route)) return [];
  return Object.entries(route.parameters.flags ?? {}).map(([name, flag]) => ({
    name,
    alias: null,
    takes: flag.kind === "parsed"
      ? { placeholder: flag.placeholder ?? "VALUE", words: proposed(flag) }
      : null,
    brief: flag.brief,
  }));
}

/** The arguments of a command. */
export function declaredArguments(route: Route): DeclaredArgument[] {
  if (isGroup(route)) return [];
  const positional = route.parameters.positional;
  if (positional === undefined) return [];
  const repeated = positional.kind === "array";
  const parameters = repeated ? [positional.parameter] : positional.parameters;
  return parameters.map((parameter) => ({
    placeholder: parameter.placeholder ?? "ARGUMENT",
    words: proposed(parameter),
    brief: parameter.brief,
    optional: repeated || parameter.optional === true,
    repeated,
  }));
}

function wordsOf(words: readonly string[]): Taken {
  return { placeholder: words.join("|"), words: () => Promise.resolve(words) };
}

function noWords(): Promise<readonly string[]> {
  return Promise.resolve([]);
}

interface Proposing {
  readonly proposeCompletions?: ((...input: never[]) => unknown) | undefined;
}

/** The words of a parameter are fixed: what it proposes does not depend on what was typed. */
function proposed(parameter: Proposing): Taken["words"] {
  const propose = parameter.proposeCompletions as ((partial: string) => unknown) | undefined;
  return propose === undefined ? noWords : async () => await propose("") as readonly string[];
}
