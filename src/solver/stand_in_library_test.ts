import assert from "node:assert/strict";
import { identifyNativeHighs, openNativeHighs } from "./highs_native.ts";
import { HIGHS_SYMBOLS } from "./highs_symbols.ts";

/** Whether there is a C compiler to make libraries with that answer as told. */
function compilerWorks(): boolean {
  if (Deno.build.os === "windows") return false;
  try {
    return new Deno.Command("cc", { args: ["--version"], stdout: "null" }).outputSync().success;
  } catch {
    return false;
  }
}

/** Compiles a library in which every function returns 0, save those given. */
async function compile(folder: string, answers: Record<string, string>): Promise<string> {
  const functions = Object.keys(HIGHS_SYMBOLS)
    .map((name) => answers[name] ?? `int ${name}() { return 0; }`);
  const source = `static int instance;\n${functions.join("\n")}\n`;
  await Deno.writeTextFile(`${folder}/stand_in.c`, source);
  const path = `${folder}/libhighs.so`;
  const args = ["-w", "-shared", "-fPIC", "-o", path, `${folder}/stand_in.c`];
  assert.ok((await new Deno.Command("cc", { args }).output()).success);
  return path;
}

const whole = {
  Highs_create: "void *Highs_create() { return &instance; }",
  Highs_version: `const char *Highs_version() { return "9.8.7"; }`,
  Highs_getSizeofHighsInt: "int Highs_getSizeofHighsInt(void *h) { return 4; }",
};

const cases: readonly {
  name: string;
  answers: Record<string, string>;
  refusal: RegExp | null;
}[] = [
  { name: "a library that fits is taken", answers: whole, refusal: null },
  {
    name: "a library with 64-bit integers is refused",
    answers: {
      ...whole,
      Highs_getSizeofHighsInt: "int Highs_getSizeofHighsInt(void *h) { return 8; }",
    },
    refusal: /built with 64-bit integers, wanted 32-bit ones/,
  },
  {
    name: "a library without one of the functions is refused",
    answers: { ...whole, Highs_deleteRowsBySet: "" },
    refusal: /it lacks the function Highs_deleteRowsBySet/,
  },
  {
    name: "a library that does not know an option is refused",
    answers: {
      ...whole,
      Highs_setIntOptionValue:
        `int Highs_setIntOptionValue(void *h, const char *o, int v) { return o[0] == 'u' ? -1 : 0; }`,
    },
    refusal: /refused option user_objective_scale/,
  },
  {
    name: "a library that makes no instance is refused",
    answers: { ...whole, Highs_create: "void *Highs_create() { return 0; }" },
    refusal: /could not create a solver instance/,
  },
];

const ignore = !compilerWorks();

for (const { name, answers, refusal } of cases) {
  Deno.test({
    name: ignore ? `${name} (ignored: no C compiler was found)` : name,
    ignore,
    fn: async () => {
      const folder = await Deno.makeTempDir();
      try {
        const path = await compile(folder, answers);
        if (refusal === null) {
          assert.deepEqual(identifyNativeHighs(path), { kind: "native", version: "9.8.7", path });
          openNativeHighs(path).close();
        } else {
          assert.throws(() => identifyNativeHighs(path), refusal);
          assert.throws(() => openNativeHighs(path), refusal);
        }
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}
