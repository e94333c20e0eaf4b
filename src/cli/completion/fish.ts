/** The completion script for fish. */
import type { CompletedFlag, CompletionModel, Values } from "./model.ts";

/** The script. */
export function fishScript({ commands, globals }: CompletionModel): string {
  const first = commands.filter(({ path }) => path.length === 1);
  const lines = [
    "# Completion of cobre for fish: ~/.config/fish/completions/cobre.fish",
    "complete -c cobre -f",
    ...globals.map((flag) => flagLine(flag, null)),
    ...first.map(({ path, brief }) =>
      `complete -c cobre -n __fish_use_subcommand -a ${path[0]} -d ${quoted(brief)}`
    ),
    `complete -c cobre -n __fish_use_subcommand -a '(__fish_complete_directories)'`,
    ...commands.flatMap(({ path, flags, argument }) => {
      const seen = path.map((word) => `__fish_seen_subcommand_from ${word}`).join("; and ");
      return [
        ...(argument === null || path.length > 1
          ? []
          : [`complete -c cobre -n ${quoted(seen)} ${valueFlags(argument)}`]),
        ...flags.map((flag) => flagLine(flag, seen)),
      ];
    }),
  ];
  return `${lines.join("\n")}\n`;
}

function flagLine({ name, brief, values }: CompletedFlag, when: string | null): string {
  const condition = when === null ? "" : ` -n ${quoted(when)}`;
  const value = values === null
    ? ""
    : values.kind === "files"
    ? " -r -F"
    : ` -x ${valueFlags(values)}`;
  return `complete -c cobre${condition} -l ${name}${value} -d ${quoted(brief)}`;
}

function valueFlags(values: Values): string {
  switch (values.kind) {
    case "words":
      return `-a ${quoted(values.words.join(" "))}`;
    case "folders":
      return "-a '(__fish_complete_directories)'";
    case "files":
      return "-F";
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
