/** `cobre help [COMMAND]` */
import { CobreError, nearest } from "../../protocol/mod.ts";
import { type Answer, type CommandEnvironment, findRoute } from "../command.ts";
import { helpAnswer } from "../help_answer.ts";

/** Explains the command that the words name. */
export function run(
  { routes }: CommandEnvironment,
  _flags: object,
  ...words: string[]
): Promise<Answer> {
  const found = findRoute(routes, words);
  if (words.length > (found?.path.length ?? 0)) {
    const names = Object.keys(routes);
    const guess = nearest(words[0]!, names);
    throw CobreError.of(
      "InvalidArguments",
      `There is no command ${JSON.stringify(words.join(" "))}; the commands are ${
        names.join(", ")
      }`,
      { argument: "COMMAND", value: words.join(" "), detail: "unknown command" },
      guess === null || found !== null ? null : `Did you mean ${guess}?`,
    );
  }
  return Promise.resolve(helpAnswer(routes, found));
}
