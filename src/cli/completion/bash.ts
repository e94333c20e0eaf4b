/** The completion script for bash; it needs nothing but bash 4. */
import type { CompletedFlag, CompletionModel, Values } from "./model.ts";

/** The script. */
export function bashScript({ commands, globals }: CompletionModel): string {
  const flags = [...globals, ...commands.flatMap((command) => command.flags)];
  const taking = flags.filter((flag) => flag.values !== null);
  const first = commands.filter(({ path }) => path.length === 1).map(({ path }) => path[0]!);
  // Longer paths first, so that a group does not hide its commands.
  const byPath = commands.toSorted((a, b) => b.path.length - a.path.length);
  return `# Completion of cobre for bash: source this file, or put it where bash looks for such files.
_cobre() {
    local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]}
    # bash takes --flag=value apart at the equals sign.
    if [[ $cur == "=" ]]; then
        cur=""
    elif [[ $prev == "=" ]]; then
        prev=\${COMP_WORDS[COMP_CWORD - 2]}
    fi

    local words="" word i skip=0
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=\${COMP_WORDS[i]}
        if ((skip)); then
            [[ $word == "=" ]] || skip=0
            continue
        fi
        case $word in
            ${taking.map(({ name }) => `--${name}`).join(" | ")}) skip=1 ;;
            -* | =) ;;
            *) words+=" $word" ;;
        esac
    done

    COMPREPLY=()
    case $prev in
${taking.map((flag) => `        --${flag.name}) ${reply(flag.values!)}; return ;;`).join("\n")}
    esac

    local flags=${quoted(flagWords(globals))}
    case "$words " in
${
    byPath.map(({ path, flags, argument }) =>
      `        " ${path.join(" ")} "*)
            flags+=${quoted(flags.length === 0 ? "" : ` ${flagWords(flags)}`)}
            [[ $cur == -* ]] || { ${argument === null ? ":" : reply(argument)}; return; } ;;`
    ).join("\n")
  }
        " ")
            [[ $cur == -* ]] || {
                ${reply({ kind: "folders" })}
                COMPREPLY+=($(compgen -W ${quoted(first.join(" "))} -- "$cur"))
                return
            } ;;
    esac
    [[ $cur == -* ]] && COMPREPLY=($(compgen -W "$flags" -- "$cur"))
}
complete -F _cobre cobre
`;
}

/** A command that fills the reply. Names of files may hold spaces, the known words do not. */
function reply(values: Values): string {
  switch (values.kind) {
    case "words":
      return `COMPREPLY=($(compgen -W ${quoted(values.words.join(" "))} -- "$cur"))`;
    case "folders":
      return `compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$cur")`;
    case "files":
      return `compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$cur")`;
  }
}

function flagWords(flags: readonly CompletedFlag[]): string {
  return flags.map(({ name }) => `--${name}`).join(" ");
}

function quoted(text: string): string {
  return `'${text}'`;
}
