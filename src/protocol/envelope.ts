/** The answer of every subcommand in structured output: nine fields, always all present. */
import type { Command } from "./command_names.ts";
import type { CommandData, CommandSummary } from "./commands.ts";
import type { EnvelopeSchema } from "./envelope_schema.ts";
import { CobreError, type ErrorRecord, exitCodeOf } from "./error.ts";
import { jsonLine, jsonPretty } from "./json_text.ts";
import { ExitCode } from "./kinds.ts";
import { COBRE_VERSION, RESPONSE_URN } from "./version.ts";
import type { z } from "zod";

/**
 * An answer. Either it succeeded, then there are no errors and the exit code is 0; or it failed,
 * then there is at least one error and the exit code is not 0. Warnings may come with both.
 */
export type Envelope = z.infer<typeof EnvelopeSchema>;

/** The same value, promised not to be changed. */
export type Immutable<T> = T extends object ? { readonly [K in keyof T]: Immutable<T[K]> } : T;

/** What a command has to say; what is left out is empty. */
export interface EnvelopeInput<C extends Command> {
  readonly command: C;
  readonly data?: Immutable<CommandData<C>> | null;
  readonly summary?: Immutable<CommandSummary<C>> | null;
  readonly errors?: readonly ErrorRecord[];
  readonly warnings?: readonly ErrorRecord[];
  /** The exit code of a failure, where that of its errors is not meant. */
  readonly exitCode?: number;
}

/**
 * Makes an answer. Success is the absence of errors, so the two can never disagree; an exit code
 * that contradicts them is a fault of the caller.
 */
export function envelope<C extends Command>(input: EnvelopeInput<C>): Envelope {
  const { command, data = null, summary = null, errors = [], warnings = [] } = input;
  const exitCode = input.exitCode ?? exitCodeOf(errors);
  const success = errors.length === 0;
  const fits = success
    ? exitCode === ExitCode.success
    : Number.isInteger(exitCode) && exitCode >= 1 && exitCode <= 255;
  if (!fits) {
    throw CobreError.of(
      "InternalPanic",
      `Cannot answer with exit code ${exitCode} and ${errors.length} errors: ` +
        (success ? "a success exits with 0" : "a failure exits with 1 to 255"),
      { location: "envelope" },
    );
  }
  const head = { $schema: RESPONSE_URN, command } as const;
  const tail = {
    cobre_version: COBRE_VERSION,
    errors: [...errors],
    warnings: [...warnings],
    data: data as Envelope["data"],
    summary: summary as Envelope["summary"],
  };
  return success
    ? { ...head, success: true, exit_code: 0, ...tail }
    : { ...head, success: false, exit_code: exitCode, ...tail };
}

/** The text of an answer, ended by a line feed: indented for `json`, one line for `json-lines`. */
export function formatEnvelope(answer: Envelope, layout: "pretty" | "line"): string {
  return layout === "pretty" ? jsonPretty(answer) : jsonLine(answer);
}
