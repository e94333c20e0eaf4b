/** One version of Deno, wherever it is named. */
import { lineAt, type Problem, type SourceFile } from "./problem.ts";

const PINNED = /\bdeno(?:@|==|":\s*"|_version=)(\d+\.\d+\.\d+)/g;
/** The file that decides; every other mention follows it. */
const SOURCE = "package.json";
/** Lock files follow by themselves, and a change log tells of earlier versions. */
const SKIPPED = /(?:^|\/)(?:deno\.lock|package-lock\.json|CHANGELOG\.md)$/;

/** Mentions of another version of Deno than the one that `package.json` pins. */
export function checkDenoVersion(files: readonly SourceFile[]): Problem[] {
  const source = files.find((file) => file.path === SOURCE);
  const pinned = source?.text.matchAll(PINNED).next().value?.[1];
  if (pinned === undefined) {
    return [{ file: SOURCE, line: null, message: "pins no version of the package deno: pin one" }];
  }
  return files.filter((file) => !SKIPPED.test(file.path)).flatMap((file) =>
    [...file.text.matchAll(PINNED)].filter((match) => match[1] !== pinned).map((match) => ({
      file: file.path,
      line: lineAt(file.text, match.index),
      message: `names Deno ${match[1]}, but ${SOURCE} pins ${pinned}: change them together`,
    }))
  );
}
