import assert from "node:assert/strict";
import {
  type ChildResult,
  problemsOfChild,
  readFormat,
  readLint,
  readProblemLines,
  readTypes,
} from "./deno_output.ts";

/** Runs Deno in a new folder with one bad file and gives what it said. */
async function denoOn(text: string, args: string[]): Promise<{ child: ChildResult; root: string }> {
  const root = Deno.realPathSync(Deno.makeTempDirSync());
  try {
    Deno.writeTextFileSync(`${root}/bad.ts`, text);
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [...args, "bad.ts"],
      cwd: root,
      env: { NO_COLOR: "1" },
      stdin: "null",
    }).output();
    const decoder = new TextDecoder();
    const child = { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
    return { child, root };
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
}

Deno.test("an unformatted file is named", async () => {
  const { child, root } = await denoOn("const  a=1", ["fmt", "--no-config", "--check"]);
  const problems = problemsOfChild(child, root, readFormat, "deno fmt");
  assert.deepEqual(problems.map((problem) => problem.file), ["bad.ts"]);
});

Deno.test("a lint problem is named with its rule and line", async () => {
  const { child, root } = await denoOn("\nexport let a: any;\n", ["lint", "--no-config", "--json"]);
  const problems = problemsOfChild(child, root, readLint, "deno lint");
  assert.deepEqual(problems.map(({ file, line }) => [file, line]), [["bad.ts", 2]]);
  assert.match(problems[0]!.message, /^no-explicit-any: .*unknown|^no-explicit-any: /);
});

Deno.test("a file that cannot be parsed is a lint problem", async () => {
  const { child, root } = await denoOn("export const = ;\n", ["lint", "--no-config", "--json"]);
  const problems = problemsOfChild(child, root, readLint, "deno lint");
  assert.equal(problems.length, 1);
  assert.equal(problems[0]!.file, "bad.ts");
});

Deno.test("each type error is named with its message and line", async () => {
  const text = 'export const a: number = "x";\n\nexport const b: { c: number } = { c: "y" };\n';
  const { child, root } = await denoOn(text, ["check", "--no-config"]);
  const problems = problemsOfChild(child, root, readTypes, "deno check");
  assert.deepEqual(problems.map(({ file, line }) => [file, line]), [["bad.ts", 1], ["bad.ts", 3]]);
  assert.equal(problems[0]!.message, "TS2322: Type 'string' is not assignable to type 'number'.");
});

Deno.test("problem lines of a script are read", () => {
  const child = { code: 1, stdout: "docs/a.md: is out of date\n\n", stderr: "noise\n" };
  assert.deepEqual(problemsOfChild(child, "", readProblemLines, "generate"), [
    { file: "docs/a.md", line: null, message: "is out of date" },
  ]);
});

Deno.test("a failure without a readable reason shows what was printed", () => {
  const child = { code: 101, stdout: "", stderr: "it fell over\n" };
  const problems = problemsOfChild(child, "", readTypes, "deno check");
  assert.match(problems[0]!.message, /deno check ended with 101:\nit fell over/);
});

Deno.test("a child that ended well has no problems whatever it printed", () => {
  const child = { code: 0, stdout: "", stderr: "from a.ts:\n" };
  assert.deepEqual(problemsOfChild(child, "", readFormat, "deno fmt"), []);
});
