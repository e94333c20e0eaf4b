import assert from "node:assert/strict";
import fc from "fast-check";
import { CobreError } from "../protocol/mod.ts";
import { parseJsonDocument, readJsonFile } from "./json_document.ts";
import type { JsonPath } from "./json_positions.ts";

/** The error of a text that must be refused. */
function refusalOf(text: string): CobreError {
  try {
    parseJsonDocument(text, "case.json");
  } catch (thrown) {
    assert(thrown instanceof CobreError, String(thrown));
    assert.equal(thrown.kind, "ParseError");
    assert.equal(thrown.context["file"], "case.json");
    return thrown;
  }
  assert.fail(`accepted: ${text.slice(0, 80)}`);
}

function refused(text: string, line: number, column: number, detail: RegExp) {
  const { context } = refusalOf(text);
  assert.match(String(context["detail"]), detail);
  assert.deepEqual([context["line"], context["column"]], [line, column], String(context["detail"]));
}

/** Offset of a position, by splitting lines: another way than the code under test. */
function offsetOf(text: string, at: { line: number; column: number }): number {
  const lines = text.split("\n");
  return lines.slice(0, at.line - 1).reduce((sum, line) => sum + line.length + 1, 0) + at.column -
    1;
}

/** Every path in a value, with what stands there. */
function* paths(value: unknown, path: JsonPath = []): Generator<[JsonPath, unknown]> {
  yield [path, value];
  if (Array.isArray(value)) {
    for (const [i, child] of value.entries()) yield* paths(child, [...path, i]);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, child] of Object.entries(value)) yield* paths(child, [...path, key]);
  }
}

const plainJson = fc.jsonValue({ maxDepth: 5 });
const indent = fc.constantFrom(0, 1, 2, "\t");

Deno.test("a document parses to what JSON.parse gives, compact or pretty", () => {
  fc.assert(fc.property(plainJson, indent, (value, space) => {
    const text = JSON.stringify(value, null, space);
    assert.deepEqual(parseJsonDocument(text, "f").value, JSON.parse(text));
  }));
});

Deno.test("locate points at the text of each value", () => {
  fc.assert(fc.property(plainJson, indent, (value, space) => {
    const text = JSON.stringify(value, null, space);
    const document = parseJsonDocument(text, "f");
    for (const [path, expected] of paths(document.value)) {
      const rest = text.slice(offsetOf(text, document.locate(path)));
      // The end of the value is where some prefix of the rest parses to it.
      const written = JSON.stringify(expected, null, space);
      if (typeof expected === "object" && expected !== null && space !== 0) {
        assert.equal(rest[0], written[0]);
        const compact = rest.replaceAll(/\s/g, "");
        assert(compact.startsWith(written.replaceAll(/\s/g, "")));
      } else assert(rest.startsWith(written), `${rest.slice(0, 40)} against ${written}`);
    }
  }));
});

Deno.test("a damaged text parses like JSON.parse or is refused at a place inside it", () => {
  const token = fc.constantFrom(
    ..."{}[],:\"\\ \n-+.eE0123456789tfnulrsa/*'",
    "NaN",
    "//",
    "\u0000",
  );
  const edits = fc.array(fc.tuple(fc.nat(), fc.nat(3), token), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(plainJson, indent, edits, (value, space, changes) => {
      let text = JSON.stringify(value, null, space);
      for (const [at, removed, added] of changes) {
        const offset = at % (text.length + 1);
        text = text.slice(0, offset) + added + text.slice(offset + removed);
      }
      let expected: unknown;
      let valid = true;
      try {
        expected = JSON.parse(text);
      } catch {
        valid = false;
      }
      try {
        assert.deepEqual(parseJsonDocument(text, "case.json").value, expected);
        assert(valid);
      } catch (thrown) {
        if (!(thrown instanceof CobreError)) throw thrown;
        const { line, column, detail } = thrown.context;
        const lines = text.split(/\r\n|\r|\n/);
        assert(Number(line) >= 1 && Number(line) <= lines.length);
        assert(Number(column) >= 1 && Number(column) <= lines[Number(line) - 1]!.length + 2);
        assert.notEqual(detail, "the text is not a JSON document");
        // What the standard allows is refused only for the three reasons of our own.
        if (valid) assert.match(String(detail), /appears twice|too large|nested more/);
      }
    }),
    { numRuns: 1000 },
  );
});

Deno.test("a fault is told with its place, what was expected and what was found", () => {
  refused("", 1, 1, /empty file/);
  refused(" \n ", 2, 2, /empty file/);
  refused('{\n  "a": 1\n  "b": 2\n}', 3, 3, /expected ',' or '}', found '"'/);
  refused('{"a" 1}', 1, 6, /expected ':' after the key "a", found '1'/);
  refused('{"a": [1, 2\n', 2, 1, /end of the file: the array opened on line 1 is not closed/);
  refused('{"a": 1} x', 1, 10, /expected the end of the file after the value, found x/);
  refused('["a\nb"]', 1, 4, /line ends inside a string/);
  refused('["a\tb"]', 1, 4, /control character U\+0009/);
  refused('["C:\\data"]', 1, 5, /unknown escape \\d/);
  refused('["\\u12g4"]', 1, 3, /four hexadecimal digits/);
  refused('["abc', 1, 2, /never closed/);
  refused("[01]", 1, 2, /leading zeros/);
  refused("[1.]", 1, 2, /expected a number/);
  refused("[-]", 1, 2, /expected a number .* found -/);
  refused("[+1]", 1, 2, /no plus sign/);
  refused("[.5]", 1, 2, /starts with a digit/);
  refused("]", 1, 1, /expected a value, found ']'/);
  refused("{,}", 1, 2, /expected a key in double quotes or '}'/);
});

Deno.test("habits of other dialects get a hint", () => {
  refused('{"a": 1, // note\n"b": 2}', 1, 10, /comments are not allowed/);
  refused('{"a": 70,5}', 1, 10, /decimals are written with a point/);
  refused("/* note */ {}", 1, 1, /comments are not allowed/);
  refused('{"a": [1, 2,]}', 1, 12, /comma after the last item of an array/);
  refused('{"a": 1,\n}', 1, 8, /comma after the last item of an object/);
  refused('{"a": NaN}', 1, 7, /JSON has no such number/);
  refused('{"a": -Infinity}', 1, 7, /found -Infinity \(JSON has no such number/);
  refused("{'a': 1}", 1, 2, /double quotes/);
  refused("[True]", 1, 2, /write true or false/);
  refused("[None]", 1, 2, /write null/);
});

Deno.test("a key that comes twice in one object is refused with both lines", () => {
  refused('{"id": 1,\n "x": {"id": 2},\n "id": 3}', 3, 2, /"id" appears twice .* lines 1 and 3/);
  refused('{"a": {"k": 1, "\\u006b": 2}}', 1, 16, /"k" appears twice/);
  refused('{"__proto__": 1, "__proto__": 2}', 1, 18, /twice/);
});

Deno.test("a number that no double can hold is refused", () => {
  refused('{"a": 1e999}', 1, 7, /1e999 is too large/);
  refused(`[1, -${"9".repeat(310)}]`, 1, 5, /too large/);
  assert.deepEqual(parseJsonDocument("[1e-999]", "f").value, [0]);
});

Deno.test("nesting is limited, however deep the text goes", () => {
  const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  assert.doesNotThrow(() => parseJsonDocument(nested(256), "f"));
  refused(nested(257), 1, 257, /nested more than 256 deep/);
  refused(nested(100_000), 1, 257, /nested more than 256 deep/);
  refused("[".repeat(100_000), 1, 257, /nested more than 256 deep/);
  refused('{"a":'.repeat(100_000), 1, 1281, /nested more than 256 deep/);
});

Deno.test("how a whole number was written can be told", () => {
  const text = '{"a": 1, "b": 1.0, "c": 1e2, "d": 1.5, "e": [2, 2.0, -0.0], "f": {"k\\n": 3.00}}';
  const document = parseJsonDocument(text, "f");
  const root = document.value as { e: number[]; f: object };
  const floats = (container: object, keys: (string | number)[]) =>
    keys.filter((key) => document.isFloatLiteral(container, key));
  assert.deepEqual(floats(root, ["a", "b", "c", "d", "e", "none"]), ["b", "c"]);
  assert.deepEqual(floats(root.e, [0, 1, 2]), [1, 2]);
  assert.deepEqual(floats(root.f, ["k\n"]), ["k\n"]);
});

Deno.test("integers beyond the exact range of a double keep their value", () => {
  const text =
    '{"seed": 9223372036854775807, "n": [-9007199254740993, 9007199254740991], "x": 1e300}';
  const document = parseJsonDocument(text, "f");
  const root = document.value as { n: number[] };
  assert.equal(document.wideInteger(root, "seed"), 9223372036854775807n);
  assert.equal(document.wideInteger(root.n, 0), -9007199254740993n);
  assert.equal(document.wideInteger(root.n, 1), null);
  assert.equal(document.wideInteger(root, "x"), null);
  assert.equal(document.isFloatLiteral(root, "seed"), false);
});

Deno.test("the literals of random nested numbers are found in their containers", () => {
  const tree = fc.letrec((tie) => ({
    node: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom("1.0", "7", "1e3", "0.25", '"1.0"', "12345678901234567890", "null"),
      fc.array(tie("node")).map((items) => `[${items.join(" , ")}]`),
      fc.uniqueArray(fc.tuple(fc.string(), tie("node")), { selector: ([key]) => key })
        .map((pairs) => `{${pairs.map(([k, v]) => `${JSON.stringify(k)}:${v}`).join(",")}}`),
    ),
  })).node as fc.Arbitrary<string>;
  fc.assert(fc.property(tree, (text) => {
    const document = parseJsonDocument(text, "f");
    for (const [path] of paths(document.value)) {
      if (path.length === 0) continue;
      const container = path.slice(0, -1).reduce(
        (value: unknown, step) => (value as Record<string, unknown>)[step],
        document.value,
      ) as object;
      const rest = text.slice(offsetOf(text, document.locate(path)));
      const key = path.at(-1)!;
      assert.equal(document.isFloatLiteral(container, key), /^(1\.0|1e3)/.test(rest));
      assert.equal(document.wideInteger(container, key) !== null, /^12345/.test(rest));
    }
  }));
});

Deno.test("a path that leads nowhere gives the container that does exist", () => {
  const document = parseJsonDocument('{\n  "a": [\n    {"b": 1}\n  ]\n}', "f");
  assert.deepEqual(document.locate(["a", 0, "missing"]), { line: 3, column: 5 });
  assert.deepEqual(document.locate(["a", 7]), { line: 2, column: 8 });
  assert.deepEqual(document.locate(["x", "y"]), { line: 1, column: 1 });
  assert.deepEqual(document.locate(["a", 0, "b", "c"]), { line: 3, column: 11 });
});

Deno.test("lines may end in any of the three ways", () => {
  for (const newline of ["\n", "\r\n", "\r"]) {
    const document = parseJsonDocument(["{", '"a":', "1}"].join(newline), "f");
    assert.deepEqual(document.locate(["a"]), { line: 3, column: 1 });
  }
});

Deno.test("a key named __proto__ is an ordinary key", () => {
  const value = parseJsonDocument('{"__proto__": {"polluted": true}}', "f").value as object;
  assert.deepEqual(Object.keys(value), ["__proto__"]);
  assert.equal((value as { polluted?: boolean }).polluted, undefined);
});

Deno.test("a byte order mark does not matter and moves no column", () => {
  const document = parseJsonDocument('\ufeff{"a": 1}', "f");
  assert.deepEqual(document.value, { a: 1 });
  assert.deepEqual(document.locate(["a"]), { line: 1, column: 7 });
});

Deno.test("ten megabytes parse in well under a second", () => {
  const row = { id: 123, name: "Plant of the upper river", values: [1.25, 2.5, 3.75, 1.0] };
  const text = JSON.stringify(Array.from({ length: 150_000 }, () => row));
  const start = performance.now();
  parseJsonDocument(text, "f");
  const elapsed_ms = performance.now() - start;
  assert(text.length > 1e7 && elapsed_ms < 3000, `${elapsed_ms} ms for ${text.length} characters`);
});

Deno.test("a file is read from disk, and trouble with it is named", async () => {
  const folder = await Deno.makeTempDir();
  const write = (bytes: Uint8Array) => Deno.writeFile(`${folder}/x.json`, bytes);
  const failure = async (name: string) => {
    const thrown = await readJsonFile(`${folder}/${name}`, `system/${name}`).catch((e) => e);
    assert(thrown instanceof CobreError);
    return thrown;
  };
  try {
    const bytes = new TextEncoder().encode('\ufeff{"ação": "α"}');
    await write(bytes);
    assert.deepEqual((await readJsonFile(`${folder}/x.json`, "x")).value, { ação: "α" });

    const missing = await failure("none.json");
    assert.equal(missing.kind, "MissingFile");
    assert.equal(missing.message, "Cannot read system/none.json: it does not exist");
    await Deno.mkdir(`${folder}/folder.json`);
    const isFolder = await failure("folder.json");
    assert.equal(isFolder.kind, "MissingFile");
    assert.equal(isFolder.message, "Cannot read system/folder.json: it is a folder");
    assert.equal((await failure("x.json/y.json")).kind, "MissingFile");

    await write(new Uint8Array());
    assert.match((await failure("x.json")).message, /empty file/);
    await write(new Uint8Array([0x7b, 0x0a, 0x22, 0xe9, 0x22]));
    const latin1 = await failure("x.json");
    assert.equal(latin1.kind, "ParseError");
    assert.deepEqual([latin1.context["line"], latin1.context["column"]], [2, 2]);
    assert.match(latin1.message, /expected UTF-8, found the byte 0xE9/);
    await write(new Uint8Array([0xff, 0xfe, 0x7b, 0]));
    assert.match((await failure("x.json")).message, /UTF-16/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
