/** The flags that every command understands, anywhere on the command line. */

/** How a command answers. */
export const OUTPUT_FORMATS = ["human", "json", "json-lines"] as const;
/** See {@link OUTPUT_FORMATS}. */
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** When to use colours. */
export const COLOR_CHOICES = ["auto", "always", "never"] as const;
/** See {@link COLOR_CHOICES}. */
export type ColorChoice = (typeof COLOR_CHOICES)[number];

/** A flag of every command, as help and completion show it. */
export interface GlobalFlag {
  readonly name: string;
  readonly alias?: string;
  /** What it takes, if anything: one of these words, or a file. */
  readonly takes?: readonly string[] | "FILE";
  readonly brief: string;
}

/** All of them, in the order of the help text. */
export const GLOBAL_FLAGS: readonly GlobalFlag[] = [
  {
    name: "output-format",
    takes: OUTPUT_FORMATS,
    brief: "Answer for people, as one JSON document, or as lines of JSON",
  },
  { name: "quiet", brief: "Nothing but errors and warnings, on stderr" },
  { name: "no-progress", brief: "No lines that tell how far a run has come" },
  { name: "color", takes: COLOR_CHOICES, brief: "When to use colours" },
  { name: "log-file", takes: "FILE", brief: "Append the log to a file instead of stderr" },
  { name: "help", alias: "h", brief: "Explain the command" },
  { name: "version", alias: "V", brief: "Print the version" },
];

/** What the global flags of a command line say. */
export interface Globals {
  readonly outputFormat: OutputFormat;
  readonly quiet: boolean;
  readonly progress: boolean;
  readonly color: ColorChoice;
  readonly logFile: string | null;
  readonly help: boolean;
  readonly version: boolean;
}
