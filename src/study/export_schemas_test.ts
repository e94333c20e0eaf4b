import assert from "node:assert/strict";
import { exportSchemas } from "./mod.ts";

Deno.test("the exported schemas are those of the repository", async () => {
  const folder = await Deno.makeTempDir({ prefix: "cobre_schemas_" });
  try {
    const { files } = await exportSchemas(`${folder}/new/place`);
    assert.ok(files.length > 20);
    assert.ok(files.includes("envelope.schema.json"));
    assert.ok(files.some((file) => file.startsWith("case/")));
    for (const file of files) {
      const exported = Deno.readTextFileSync(`${folder}/new/place/${file}`);
      const schema = JSON.parse(exported) as { $schema?: string };
      assert.match(schema.$schema ?? "", /2020-12/, file);
      const committed = new URL(`../../schemas/${file}`, import.meta.url);
      assert.equal(exported, Deno.readTextFileSync(committed), file);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
