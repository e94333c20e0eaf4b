import assert from "node:assert/strict";
import { caseSchemas } from "./json_schema.ts";
import { KNOWN_FILES } from "./known_files.ts";

type Node = Readonly<Record<string, unknown>>;

function schemaOf(file: string): Node {
  const found = caseSchemas().find((schema) => schema.file === file);
  assert.ok(found !== undefined, file);
  return found.schema;
}

function at(schema: Node, ...path: string[]): Node {
  return path.reduce<Node>((node, step) => node[step] as Node, schema);
}

Deno.test("each JSON file has a schema in each layout that has it", () => {
  const json = KNOWN_FILES.filter((file) => file.endsWith(".json"));
  const removed = "system/scalar_parameters.json"; // a file that is only ever refused
  const described = new Set(caseSchemas().map((schema) => schema.describes));
  assert.deepEqual([...described].sort(), json.filter((file) => file !== removed).sort());
  for (const { file, schema, dialect } of caseSchemas()) {
    const [, layout, stem] = /^case\/(v05|v18)\/(.+)\.schema\.json$/.exec(file)!;
    assert.equal(schema["$id"], `urn:cobre:case:${layout}:${stem}`);
    assert.equal(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert.equal(layout, dialect === "v0.5" ? "v05" : "v18");
  }
});

Deno.test("seeds are integers and dates are dates", () => {
  const training = at(schemaOf("case/v05/config.schema.json"), "properties", "training");
  const seed = at(training, "properties", "tree_seed")["anyOf"] as Node[];
  assert.deepEqual(seed.map((option) => option["type"]), ["integer", "null"]);
  const stage = at(schemaOf("case/v18/stages.schema.json"), "properties", "stages", "items");
  const date = at(stage, "properties", "start_date");
  assert.deepEqual([date["type"], date["format"], date["pattern"]], ["string", "date", undefined]);
});

Deno.test("v0.18 closes its objects, v0.5 only those in which it refuses unknown keys", () => {
  assert.equal(schemaOf("case/v18/config.schema.json")["additionalProperties"], false);
  const older = schemaOf("case/v05/config.schema.json");
  assert.equal(older["additionalProperties"], undefined);
  const training = at(older, "properties", "training", "properties");
  const source = (at(training, "scenario_source")["anyOf"] as Node[])[0]!;
  assert.equal(source["additionalProperties"], undefined);
  const inflow = (at(source, "properties", "inflow")["anyOf"] as Node[])[0]!;
  assert.equal(inflow["additionalProperties"], false);
});
