/** How the program names packages from outside. */
import { importsOf } from "./imports.ts";
import { isTest, type Problem, type SourceFile } from "./problem.ts";

/** Packages that help to test and must not reach a user. */
export const TEST_PACKAGES: readonly string[] = ["fast-check", "hyparquet"];

/** Packages imported by an address of their own, and test packages in the program. */
export function checkPackages(files: readonly SourceFile[]): Problem[] {
  return files.flatMap((file) =>
    importsOf(file).flatMap((found) => {
      const message = faultOf(file.path, found.specifier);
      return message === null ? [] : [{ file: file.path, line: found.line, message }];
    })
  );
}

function faultOf(path: string, specifier: string): string | null {
  if (/^(?:npm|jsr|https?):/.test(specifier)) {
    return `imports ${specifier} by its address: name and pin the package in deno.json`;
  }
  const name = TEST_PACKAGES.find((test) => specifier === test || specifier.startsWith(`${test}/`));
  if (name === undefined || isTest(path) || path.startsWith("scripts/")) return null;
  return `imports ${name}, which is for tests: use it in tests/, *_test.ts or *_suite.ts`;
}
