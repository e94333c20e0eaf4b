import assert from "node:assert/strict";
import { cobre, inNewFolder } from "./cobre.ts";

/** What a real bash offers when Tab is pressed at the end of the line. */
async function offered(line: string, cwd: string, script: string): Promise<string[]> {
  // Bash takes words apart at `=`, and the last word is the one that is completed.
  const words = line.replaceAll("=", " = ").split(" ").filter((word) => word !== "");
  if (/[ =]$/.test(line)) words.push("");
  const quoted = words.map((word) => `'${word}'`).join(" ");
  const { code, stdout, stderr } = await new Deno.Command("bash", {
    args: [
      "--norc",
      "-c",
      // Outside of a real completion compopt complains; what it sets is not of interest here.
      `${script}\ncompopt() { :; }\nCOMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}\n` +
      `_cobre; printf '%s\\n' "\${COMPREPLY[@]}"`,
    ],
    cwd,
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  assert.equal(new TextDecoder().decode(stderr), "");
  return new TextDecoder().decode(stdout).split("\n").filter((word) => word !== "").sort();
}

Deno.test({
  name: "bash completes commands, flags, their values, templates and paths",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const { stdout: script } = await cobre(["completion", "bash"]);
    await inNewFolder(async (cwd) => {
      Deno.mkdirSync(`${cwd}/my case`);
      Deno.mkdirSync(`${cwd}/valley`);
      Deno.writeTextFileSync(`${cwd}/log.txt`, "");
      const cases: readonly [string, readonly string[]][] = [
        ["cobre va", ["validate", "valley"]],
        ["cobre in", ["init"]],
        ["cobre init x --t", ["--template"]],
        ["cobre init x --template ", ["1dtoy", "deterministic", "regional"]],
        ["cobre init x --template=d", ["deterministic"]],
        ["cobre init ", ["my case", "valley"]],
        ["cobre validate v", ["valley"]],
        ["cobre --color al", ["always"]],
        ["cobre --output-format json va", ["validate", "valley"]],
        ["cobre --output-format=json validate v", ["valley"]],
        ["cobre version --output-format json", ["json", "json-lines"]],
        ["cobre version --log-file l", ["log.txt"]],
        ["cobre version v", []],
        ["cobre schema ", ["export"]],
        ["cobre schema export --output-d", ["--output-dir"]],
        ["cobre schema export --output-dir v", ["valley"]],
        ["cobre completion ", ["bash", "fish", "zsh"]],
        ["cobre help com", ["completion"]],
        ["cobre run --v", ["--validate-only", "--version"]],
      ];
      for (const [line, expected] of cases) {
        assert.deepEqual(await offered(line, cwd, script), expected, line);
      }
    });
  },
});

Deno.test("the scripts of the other shells hold every command, flag and template", async () => {
  for (const shell of ["zsh", "fish"]) {
    const { stdout } = await cobre(["completion", shell]);
    for (
      const word of [
        "init",
        "validate",
        "schema",
        "export",
        "template",
        "regional",
        "output-dir",
        "validate-only",
        "json-lines",
        "log-file",
      ]
    ) assert.ok(stdout.includes(word), `${shell}: ${word}`);
  }
});
