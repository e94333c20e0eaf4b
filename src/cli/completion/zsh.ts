/** The completion script for zsh. */
import type { CompletedCommand, CompletedFlag, CompletionModel, Values } from "./model.ts";

/** The script. */
export function zshScript({ commands, globals }: CompletionModel): string {
  const first = commands.filter(({ path }) => path.length === 1);
  return `#compdef cobre
# Completion of cobre for zsh: put this file as _cobre into a folder of $fpath.
_cobre() {
  local curcontext="$curcontext" state line
  local -a globals=(
${globals.map((flag) => `    ${flagSpec(flag)}`).join("\n")}
  )
  local -a commands=(
${first.map(({ path, brief }) => `    ${quoted(`${path[0]}:${brief}`)}`).join("\n")}
  )
  _arguments -C $globals '1: :->command' '*:: :->argument'
  case $state in
    command)
      _describe -t commands command commands
      _files -/
      ;;
    argument)
      case $line[1] in
${first.map((command) => commandCase(command, commands)).join("\n")}
      esac
      ;;
  esac
}
# The file is either loaded by name when it is first needed, or sourced.
if [[ $funcstack[1] == _cobre ]]; then
  _cobre "$@"
else
  compdef _cobre cobre
fi
`;
}

/** A group is completed by the names of its commands and by the flags of all of them. */
function commandCase(command: CompletedCommand, all: readonly CompletedCommand[]): string {
  const name = command.path[0]!;
  const below = all.filter(({ path }) => path.length > 1 && path[0] === name);
  const specs = [command, ...below].flatMap(({ flags }) => flags).map(flagSpec);
  if (command.argument !== null) specs.push(quoted(`1: :${action(command.argument)}`));
  return `        ${name}) _arguments $globals ${specs.join(" ")} ;;`;
}

function flagSpec({ name, brief, values }: CompletedFlag): string {
  const value = values === null ? "" : `:value:${action(values)}`;
  const equals = values === null ? "" : "=";
  return quoted(`--${name}${equals}[${brief.replaceAll(/[[\]:]/g, "\\$&")}]${value}`);
}

function action(values: Values): string {
  switch (values.kind) {
    case "words":
      return `(${values.words.join(" ")})`;
    case "folders":
      return "_files -/";
    case "files":
      return "_files";
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
