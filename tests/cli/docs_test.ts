import assert from "node:assert/strict";
import { baseEnv, cobre, inNewFolder } from "./cobre.ts";

interface Example {
  readonly line: number;
  readonly command: string;
  /** Text in which `…` stands for anything. */
  readonly output: string;
}

/** The commands in the `console` blocks of a document, with the output below each. */
function examplesOf(text: string): Example[] {
  const examples: { line: number; command: string; output: string }[] = [];
  let inside = false;
  text.split("\n").forEach((line, at) => {
    if (line.startsWith("```")) inside = line === "```console";
    else if (inside && line.startsWith("$ ")) {
      examples.push({ line: at + 1, command: line.slice(2), output: "" });
    } else if (inside) examples.at(-1)!.output += `${line}\n`;
  });
  return examples;
}

function matches(actual: string, expected: string): boolean {
  const pattern = expected.split("…").map((piece) => RegExp.escape(piece)).join("[^]*?");
  return new RegExp(`^${pattern}$`).test(actual);
}

async function run(command: string, cwd: string): Promise<string> {
  if (command.startsWith("cobre ")) {
    const { stdout, stderr } = await cobre(command.split(" ").slice(1), { cwd });
    return stdout + stderr;
  }
  const { stdout, stderr } = await new Deno.Command("sh", {
    args: ["-c", command],
    cwd,
    clearEnv: true,
    env: baseEnv(),
  }).output();
  return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
}

Deno.test({
  name: "the examples of docs/cli.md are what the program answers",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const text = Deno.readTextFileSync(new URL("../../docs/cli.md", import.meta.url));
    const examples = examplesOf(text);
    assert.ok(examples.length >= 12);
    await inNewFolder(async (cwd) => {
      for (const { line, command, output } of examples) {
        const actual = await run(command, cwd);
        assert.ok(
          matches(actual, output),
          `docs/cli.md:${line}: ${command}\n--- documented\n${output}--- answered\n${actual}`,
        );
      }
    });
  },
});

Deno.test("the matching of examples can fail", () => {
  assert.ok(matches("a 1 b\n", "a … b\n"));
  assert.ok(!matches("a 1 c\n", "a … b\n"));
  assert.ok(!matches("a b\nmore\n", "a b\n"));
  assert.deepEqual(
    examplesOf("```console\n$ x y\nout\n```\n```sh\n$ z\n```\n"),
    [{ line: 2, command: "x y", output: "out\n" }],
  );
});

Deno.test("the flags and variables of the program are in docs/cli.md", async () => {
  const text = Deno.readTextFileSync(new URL("../../docs/cli.md", import.meta.url));
  const { stdout } = await cobre(["help"]);
  const names = stdout.match(/--[a-z-]{3,}|COBRE_\w+/g) ?? [];
  assert.ok(names.length > 8);
  for (const name of names) assert.ok(text.includes(name), name);
});
