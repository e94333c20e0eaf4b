import assert from "node:assert/strict";
import { checkDenoVersion } from "./deno_version.ts";

// Made of parts, so that this file itself names no version.
const named = (separator: string, version: string): string => `deno${separator}${version}`;
const PACKAGE = { path: "package.json", text: `{ "${named('": "', "2.1.0")}" }` };

Deno.test("every mention of the pinned version is fine", () => {
  const text = `npx -y ${named("@", "2.1.0")} task test\n${named("==", "2.1.0")}`;
  assert.deepEqual(checkDenoVersion([PACKAGE, { path: "README.md", text }]), []);
});

Deno.test("another version is a problem, in whatever form it is named", () => {
  for (const separator of ["@", "==", "_version=", '": "']) {
    const text = `\n${named(separator, "2.1.1")}`;
    const problems = checkDenoVersion([PACKAGE, { path: "README.md", text }]);
    assert.deepEqual(problems.map((problem) => problem.line), [2]);
    assert.match(problems[0]!.message, /2\.1\.1.*2\.1\.0/);
  }
});

Deno.test("a package.json without a version is a problem", () => {
  assert.equal(checkDenoVersion([{ path: "package.json", text: "{}" }]).length, 1);
});

Deno.test("the change log may tell of earlier versions", () => {
  const text = named("@", "2.0.0");
  assert.deepEqual(checkDenoVersion([PACKAGE, { path: "CHANGELOG.md", text }]), []);
});
