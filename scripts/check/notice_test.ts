import assert from "node:assert/strict";
import { checkNotice } from "./notice.ts";

function messages(notice: string): string[] {
  const imports = { "arrow": "npm:arrow@2.1.0", "fast-check": "npm:fast-check@4.0.0" };
  const npm = {
    "arrow@2.1.0_peer@1.0.0": { dependencies: ["@types/node", "tslib"] },
    "@types/node@25.0.0": { dependencies: ["undici-types"] },
    "fast-check@4.0.0": { dependencies: ["pure-rand"] },
    "pure-rand@8.0.0": {},
    "tslib@2.9.1": { dependencies: ["arrow"] },
    "undici-types@7.0.0": {},
  };
  return checkNotice([
    { path: "deno.json", text: JSON.stringify({ imports }) },
    { path: "deno.lock", text: JSON.stringify({ npm }) },
    { path: "NOTICE", text: notice },
  ]).map((problem) => problem.message);
}

Deno.test("packages at run time are listed; those for tests and types are not", () => {
  assert.deepEqual(messages("arrow 2.1.0  MIT\ntslib 2.9.1  0BSD\n"), []);
});

Deno.test("a package that is missing or listed with another version is reported", () => {
  const found = messages("arrow 2.0.0  MIT\ntslib 2.9.1  0BSD\n");
  assert.equal(found.length, 2);
  assert.match(found[0]!, /does not list arrow@2\.1\.0/);
  assert.match(found[1]!, /lists arrow@2\.0\.0/);
});

Deno.test("a package for tests is not listed", () => {
  assert.match(messages("arrow 2.1.0\ntslib 2.9.1\npure-rand 8.0.0\n")[0]!, /lists pure-rand/);
});
