import assert from "node:assert/strict";
import { checkLockFiles } from "./lock_files.ts";

function lines(path: string, text: string): (number | null)[] {
  return checkLockFiles([{ path, text }]).map((problem) => problem.line);
}

Deno.test("checksums and versions are what a lock file holds", () => {
  assert.deepEqual(lines("deno.lock", '{\n "zod@4.6.7": { "integrity": "sha512-abc" }\n}'), []);
  assert.deepEqual(lines("tests/requirements.txt", "polars==2.1.0\n"), []);
});

Deno.test("the address of a registry is refused", () => {
  assert.deepEqual(lines("deno.lock", '{\n "tarball": "x"\n}'), [2]);
  assert.deepEqual(lines("package-lock.json", '{\n "resolved": "x"\n}'), [2]);
  assert.deepEqual(lines("package-lock.json", '{\n "a": "https://registry.example/a.tgz"\n}'), [2]);
  assert.deepEqual(lines("python/requirements-test.txt", "polars\n--index-url x"), [2]);
});

Deno.test("other files may hold addresses", () => {
  assert.deepEqual(lines("docs/references.md", "https://example.org"), []);
});
