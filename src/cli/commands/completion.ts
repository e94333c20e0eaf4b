/** `cobre completion SHELL` */
import { CobreError, envelope, nearest } from "../../protocol/mod.ts";
import type { Answer, CommandEnvironment } from "../command.ts";
import { bashScript } from "../completion/bash.ts";
import { fishScript } from "../completion/fish.ts";
import { type CompletionModel, completionModel } from "../completion/model.ts";
import { zshScript } from "../completion/zsh.ts";
import { type Shell, SHELLS } from "../shells.ts";

const SCRIPTS: Readonly<Record<Shell, (model: CompletionModel) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/** Prints the script of a shell. */
export async function run(
  { routes }: CommandEnvironment,
  _flags: object,
  word: string,
): Promise<Answer> {
  const shell = SHELLS.find((shell) => shell === word);
  if (shell === undefined) {
    const guess = nearest(word, SHELLS);
    throw CobreError.of(
      "InvalidArguments",
      `There is no completion for ${JSON.stringify(word)}; the shells are ${SHELLS.join(", ")}`,
      { argument: "SHELL", value: word, detail: "unknown shell" },
      guess === null ? null : `Did you mean ${guess}?`,
    );
  }
  const script = SCRIPTS[shell](await completionModel(routes));
  return {
    envelope: envelope({ command: "completion", data: { shell, script } }),
    text: () => script,
  };
}
