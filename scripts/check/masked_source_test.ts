import assert from "node:assert/strict";
import { maskSource } from "./masked_source.ts";

const squeeze = (text: string): string => text.replace(/\s+/g, " ").trim();

Deno.test("comments are taken out of the code and kept apart", () => {
  const masked = maskSource("a(); // one\n/* two\n three */ b();");
  assert.equal(squeeze(masked.code), "a(); b();");
  assert.equal(squeeze(masked.comments), "// one /* two three */");
});

Deno.test("line breaks and offsets stay where they were", () => {
  const text = 'const a = "x\\"y"; /* c\n */\nconst b = `p${a}\nq`;';
  const masked = maskSource(text);
  assert.equal(masked.code.length, text.length);
  assert.equal(masked.code.indexOf("const b"), text.indexOf("const b"));
  assert.deepEqual(lineBreaks(masked.code), lineBreaks(text));
  assert.deepEqual(lineBreaks(masked.comments), lineBreaks(text));
});

Deno.test("the insides of strings are blank, their quotes stay", () => {
  assert.equal(maskSource(`f("ab // c", 'd')`).code, `f("       ", ' ')`);
});

Deno.test("code inside a template substitution stays code, also when nested", () => {
  const masked = maskSource("x = `a ${f({ k: `in ${g()} out` })} b`; y();").code;
  assert.match(masked, /f\(\{ k: `/);
  assert.match(masked, /g\(\)/);
  assert.match(masked, /y\(\);$/);
  assert.doesNotMatch(masked, /\bin\b|\bout\b/);
});

Deno.test("a regular expression is a literal and a division is not", () => {
  assert.equal(maskSource('a = /[/"]x/g; b').code.trim().endsWith("; b"), true);
  assert.doesNotMatch(maskSource("return /console/;").code, /console/);
  assert.match(maskSource("a = b / console / c;").code, /console/);
});

Deno.test("a quote in running text harms one line only", () => {
  assert.match(maskSource("<p>don't</p>\nconsole.log(1);").code, /console\.log/);
});

function lineBreaks(text: string): number[] {
  return [...text.matchAll(/\n/g)].map((match) => match.index);
}
