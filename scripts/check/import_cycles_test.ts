import assert from "node:assert/strict";
import { checkImportCycles } from "./import_cycles.ts";

function tree(imports: Record<string, string[]>): { path: string; text: string }[] {
  return Object.entries(imports).map(([path, specifiers]) => ({
    path,
    text: specifiers.map((specifier) => `import "${specifier}";`).join("\n"),
  }));
}

Deno.test("a chain of imports is no circle", () => {
  assert.deepEqual(
    checkImportCycles(tree({ "a.ts": ["./b.ts", "./c.ts"], "b.ts": ["./c.ts"], "c.ts": [] })),
    [],
  );
});

Deno.test("a circle is reported once, by its shortest way and the line that starts it", () => {
  const problems = checkImportCycles(
    tree({ "a.ts": ["./d.ts", "./b.ts"], "b.ts": ["./c.ts"], "c.ts": ["./a.ts"], "d.ts": [] }),
  );
  assert.equal(problems.length, 1);
  assert.match(problems[0]!.message, /a\.ts → b\.ts → c\.ts → a\.ts/);
  assert.equal(problems[0]!.line, 2);
});

Deno.test("a file that imports itself and two separate circles are all reported", () => {
  const problems = checkImportCycles(
    tree({ "a.ts": ["./a.ts"], "b.ts": ["./c.ts"], "c.ts": ["./b.ts"] }),
  );
  assert.deepEqual(problems.map((problem) => problem.file), ["a.ts", "b.ts"]);
});

Deno.test("types and lazily loaded modules count, workers do not", () => {
  const lazy = [
    { path: "a.ts", text: 'import type { B } from "./b.ts";' },
    { path: "b.ts", text: 'export const a = () => import("./a.ts");' },
  ];
  assert.equal(checkImportCycles(lazy).length, 1);
  const worker = [
    { path: "pool.ts", text: 'new Worker(new URL("./worker.ts", import.meta.url));' },
    { path: "worker.ts", text: 'import "./pool.ts";' },
  ];
  assert.deepEqual(checkImportCycles(worker), []);
});
