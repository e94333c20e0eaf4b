/** Turns what the argument scanner complains of into records of this program. */
import {
  AliasNotFoundError,
  ArgumentParseError,
  FlagNotFoundError,
  UnexpectedFlagError,
  UnexpectedPositionalError,
  UnsatisfiedFlagError,
  UnsatisfiedPositionalError,
} from "@stricli/core";
import { CobreError, nearest } from "../protocol/mod.ts";
import type { Route } from "./command.ts";
import { GLOBAL_FLAGS } from "./global_flags.ts";

/** The record for a fault in the arguments of the command with this name. */
export function argumentFault(
  thrown: unknown,
  name: string,
  route: Route | undefined,
): CobreError {
  const help = `cobre ${name} --help explains the command`;
  const of = (
    argument: string | null,
    value: string | null,
    detail: string,
    suggestion: string | null = help,
  ) =>
    CobreError.of(
      "InvalidArguments",
      `Cannot understand cobre ${name}: ${detail}`,
      { argument, value, detail },
      suggestion,
    );
  if (thrown instanceof FlagNotFoundError) {
    const input = thrown.aliasName ?? thrown.input;
    const flag = `--${input}`;
    const known = [...flagsOf(route), ...GLOBAL_FLAGS.map((flag) => flag.name)];
    const guess = nearest(input, known);
    return of(
      flag,
      null,
      `there is no flag ${flag}`,
      guess === null ? help : `Did you mean --${guess}?`,
    );
  }
  if (thrown instanceof AliasNotFoundError) {
    return of(`-${thrown.input}`, null, `there is no flag -${thrown.input}`);
  }
  if (thrown instanceof UnsatisfiedFlagError) {
    const flag = `--${thrown.externalFlagName}`;
    return of(flag, null, `${flag} needs a value`);
  }
  if (thrown instanceof UnexpectedFlagError) {
    const flag = `--${thrown.externalFlagName}`;
    return of(flag, thrown.input, `${flag} is given twice`);
  }
  if (thrown instanceof UnexpectedPositionalError) {
    const { input, expectedCount: count } = thrown;
    const wanted = count === 0 ? "no argument" : count === 1 ? "one" : `${count}`;
    return of(
      null,
      input,
      `there is one argument too many, ${JSON.stringify(input)}: it takes ${wanted}`,
    );
  }
  if (thrown instanceof UnsatisfiedPositionalError) {
    return of(thrown.placeholder, null, `${thrown.placeholder} is missing`);
  }
  if (thrown instanceof ArgumentParseError) {
    const { externalFlagNameOrPlaceholder: name, input, exception } = thrown;
    const argument = flagsOf(route).includes(name) ? `--${name}` : name;
    const why = exception instanceof Error ? `: ${exception.message}` : "";
    return of(argument, input, `${argument} cannot be ${JSON.stringify(input)}${why}`);
  }
  return of(null, null, thrown instanceof Error ? thrown.message : String(thrown));
}

/** The names of the flags of a command. */
function flagsOf(route: Route | undefined): string[] {
  return route !== undefined && "parameters" in route
    ? Object.keys(route.parameters.flags ?? {})
    : [];
}
