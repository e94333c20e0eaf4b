/** JSON documents that remember where they came from. */
import { CobreError } from "../protocol/mod.ts";
import { readInputBytes } from "./input_bytes.ts";
import { findJsonFault, MAX_JSON_DEPTH } from "./json_fault.ts";
import { collectLiterals, type JsonLiterals } from "./json_literals.ts";
import { type JsonPath, jsonPositions } from "./json_positions.ts";
import { countMembers, surveyJson } from "./json_survey.ts";
import { lineStarts, positionAt, type TextPosition } from "./text_position.ts";
import { findUtf8Fault } from "./utf8.ts";

/** A parsed document with answers to where its values stand and how its numbers were written. */
export interface JsonDocument {
  /** The name shown in records, as given by the caller. */
  readonly file: string;
  readonly value: unknown;
  /**
   * Where the value at the path starts; when the path leads nowhere, where the innermost object or
   * array on the way starts that does exist.
   */
  locate(path: JsonPath): TextPosition;
  /** Whether `container[key]` is a whole number that was written with a point or an exponent. */
  isFloatLiteral(container: object, key: string | number): boolean;
  /** The exact value of `container[key]` when it is an integer beyond ±(2^53 − 1), else null. */
  wideInteger(container: object, key: string | number): bigint | null;
}

/**
 * Parses JSON text; `file` is the name for records. Refuses with a `ParseError` whatever the
 * standard refuses, and besides: a key that comes twice in an object, a number beyond the range
 * of a double, and nesting deeper than 256.
 */
export function parseJsonDocument(text: string, file: string): JsonDocument {
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  let value: unknown;
  let specialNumbers: boolean;
  try {
    value = JSON.parse(body);
    const survey = surveyJson(body);
    // A key that came twice left fewer members in the value than the text has.
    const accepted = survey.depth <= MAX_JSON_DEPTH && !survey.overflow &&
      countMembers(value) === survey.members;
    if (!accepted) throw parseError(body, file);
    specialNumbers = survey.specialNumbers;
  } catch (thrown) {
    throw thrown instanceof SyntaxError ? parseError(body, file) : thrown;
  }
  let literals: JsonLiterals | null = null;
  const literalOf = (container: object, key: string | number): string | null => {
    if (!specialNumbers) return null;
    literals ??= collectLiterals(body, value);
    return literals.get(container)?.get(key) ?? null;
  };
  return {
    file,
    value,
    locate: jsonPositions(body),
    isFloatLiteral(container, key) {
      const literal = literalOf(container, key);
      return literal !== null && /[.eE]/.test(literal);
    },
    wideInteger(container, key) {
      const literal = literalOf(container, key);
      return literal === null || /[.eE]/.test(literal) ? null : BigInt(literal);
    },
  };
}

/**
 * Reads and parses a JSON file. `path` is where it lies, `file` its name in records. Trouble with
 * the file itself is a `MissingFile`, trouble with what it holds a `ParseError`.
 */
export async function readJsonFile(path: string, file: string): Promise<JsonDocument> {
  return parseJsonDocument(decodeUtf8(await readInputBytes(path, file), file), file);
}

function decodeUtf8(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const fault = findUtf8Fault(bytes);
    if (fault === null) {
      const detail = "the file is too large to be read as text: the limit is about 512 MB";
      throw refusal(file, null, detail);
    }
    const before = new TextDecoder().decode(bytes.subarray(0, fault.offset));
    throw refusal(file, positionAt(lineStarts(before), before.length), fault.detail);
  }
}

function parseError(text: string, file: string): CobreError {
  const fault = findJsonFault(text) ?? { offset: 0, detail: "the text is not a JSON document" };
  return refusal(file, positionAt(lineStarts(text), fault.offset), fault.detail);
}

function refusal(file: string, at: TextPosition | null, detail: string): CobreError {
  const place = at === null ? "" : ` at line ${at.line}, column ${at.column}`;
  return CobreError.of("ParseError", `Cannot parse ${file}${place}: ${detail}`, {
    file,
    line: at?.line ?? null,
    column: at?.column ?? null,
    detail,
  });
}
