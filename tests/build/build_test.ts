import assert from "node:assert/strict";
import { join } from "node:path";
import { build } from "../../scripts/build.ts";

Deno.test("a built folder runs without Deno, packages and settings of the machine", async () => {
  const folder = await Deno.makeTempDir({ prefix: "cobre_build_" });
  try {
    const program = join(folder, "built", "cobre");
    await build(join(folder, "built"));
    // A link, as one would put on the path, from a folder that has nothing to do with it.
    const link = join(folder, "cobre");
    await Deno.symlink(program, link);
    const cobre = async (...args: string[]): Promise<string> => {
      const { code, stdout, stderr } = await new Deno.Command(link, {
        args,
        cwd: folder,
        clearEnv: true,
        env: { PATH: "/usr/bin:/bin", HOME: join(folder, "nobody") },
      }).output();
      assert.equal(code, 0, new TextDecoder().decode(stderr));
      return new TextDecoder().decode(stdout);
    };
    assert.match(await cobre("version"), /^solver +HiGHS .*built in/m);
    await cobre("init", "study", "--template", "1dtoy");
    assert.match(await cobre("validate", "study"), /^Valid case: 1 bus/);
    const exported = JSON.parse(await cobre("schema", "export", "--output-format", "json"));
    assert.ok(exported.data.files.length > 20);
    assert.match(await cobre("run", "study"), /^Final LB: 5\.008\d+e\+6/m);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
