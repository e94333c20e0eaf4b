/**
 * Finds the first fault of JSON text and says it for people. Runs only when a document is refused:
 * the built-in parser is faster, but tells little about where and why.
 */
import { Char, decodeString, isDigit, isSpace, numberTrait, skipSpace } from "./json_text.ts";
import { lineAt } from "./text_position.ts";

/** Nesting beyond this is refused: later passes may recurse, and no real file comes near. */
export const MAX_JSON_DEPTH = 256;

/** A fault of JSON text: where, and what was expected and found there. */
export interface JsonFault {
  readonly offset: number;
  readonly detail: string;
}

interface Frame {
  readonly start: number;
  /** Offsets of the keys seen so far; null for an array. */
  readonly keys: Map<string, number> | null;
}

const ESCAPED = '"\\/bfnrt';
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[A-Za-z_$][\w$]*/y;

/** The first fault in the text, or null when the text is a JSON document. */
export function findJsonFault(text: string): JsonFault | null {
  const frames: Frame[] = [];
  let at = skipSpace(text, 0);
  if (at >= text.length) {
    return { offset: text.length, detail: "expected a JSON value, found an empty file" };
  }
  for (;;) {
    // A value starts at `at`.
    const code = text.charCodeAt(at);
    const opens = code === Char.openBrace || code === Char.openBracket;
    if (opens) {
      if (frames.length === MAX_JSON_DEPTH) {
        return { offset: at, detail: `values are nested more than ${MAX_JSON_DEPTH} deep` };
      }
      frames.push({ start: at, keys: code === Char.openBrace ? new Map() : null });
      const first = skipSpace(text, at + 1);
      const empty = text.charCodeAt(first) === closingOf(code);
      if (!empty) {
        at = first;
        if (code === Char.openBrace) {
          const key = readKey(text, at, frames.at(-1)!);
          if (typeof key !== "number") return key;
          at = key;
        } else if (at >= text.length) return unexpected(text, at, "a value or ']'", frames);
        continue;
      }
      frames.pop();
      at = first + 1;
    } else {
      const end = readScalar(text, at, frames);
      if (typeof end !== "number") return end;
      at = end;
    }
    // A value has ended before `at`: go on to the next one, closing what ends here.
    for (;;) {
      at = skipSpace(text, at);
      const frame = frames.at(-1);
      if (frame === undefined) {
        if (at >= text.length) return null;
        return unexpected(text, at, "the end of the file after the value", frames);
      }
      const closer = frame.keys === null ? Char.closeBracket : Char.closeBrace;
      const next = text.charCodeAt(at);
      if (next === closer) {
        frames.pop();
        at++;
        continue;
      }
      if (next !== Char.comma) {
        const expected = `',' or '${String.fromCharCode(closer)}'`;
        return unexpected(text, at, expected, frames);
      }
      const comma = at;
      at = skipSpace(text, at + 1);
      if (text.charCodeAt(at) === closer) {
        const name = frame.keys === null ? "array" : "object";
        return {
          offset: comma,
          detail: `a comma after the last item of an ${name} is not allowed in JSON`,
        };
      }
      if (frame.keys !== null) {
        const key = readKey(text, at, frame);
        if (typeof key !== "number") return key;
        at = key;
      }
      break;
    }
  }
}

function closingOf(code: number): number {
  return code === Char.openBrace ? Char.closeBrace : Char.closeBracket;
}

/** Reads a key and its colon; the offset of the value, or the fault. */
function readKey(text: string, at: number, frame: Frame): number | JsonFault {
  const keys = frame.keys!;
  if (text.charCodeAt(at) !== Char.quote) {
    const wanted = keys.size === 0 ? "a key in double quotes or '}'" : "a key in double quotes";
    return unexpected(text, at, wanted, [frame]);
  }
  const end = readString(text, at);
  if (typeof end !== "number") return end;
  const key = decodeString(text, at, end);
  const earlier = keys.get(key);
  if (earlier !== undefined) {
    const lines = `lines ${lineAt(text, earlier)} and ${lineAt(text, at)}`;
    return {
      offset: at,
      detail: `the key ${quoted(key)} appears twice in one object, on ${lines}`,
    };
  }
  keys.set(key, at);
  const colon = skipSpace(text, end);
  if (text.charCodeAt(colon) !== Char.colon) {
    return unexpected(text, colon, `':' after the key ${quoted(key)}`, [frame]);
  }
  return skipSpace(text, colon + 1);
}

/** Reads a string, number, true, false or null; the offset after it, or the fault. */
function readScalar(text: string, at: number, frames: readonly Frame[]): number | JsonFault {
  const code = text.charCodeAt(at);
  if (code === Char.quote) return readString(text, at);
  if (isDigit(code) || code === Char.minus) return readNumber(text, at);
  WORD.lastIndex = at;
  const word = WORD.exec(text)?.[0];
  if (word === "true" || word === "false" || word === "null") return at + word.length;
  return unexpected(text, at, "a value", frames);
}

function readString(text: string, start: number): number | JsonFault {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === Char.quote) return i + 1;
    if (code < 0x20) {
      const detail = code === 0x0a || code === 0x0d
        ? "the line ends inside a string: expected '\"' (write \\n for a line break)"
        : `a string holds the control character ${hex(code)}: expected it written as \\u${
          code.toString(16).padStart(4, "0")
        }`;
      return { offset: i, detail };
    }
    if (code !== Char.backslash) continue;
    const next = text[i + 1];
    if (next === undefined) break;
    if (next === "u") {
      if (!/^[0-9a-fA-F]{4}$/.test(text.slice(i + 2, i + 6))) {
        return { offset: i, detail: "expected four hexadecimal digits after \\u in a string" };
      }
      i += 5;
    } else if (ESCAPED.includes(next)) i++;
    else {
      const detail = `unknown escape \\${
        shown(text, i + 1)
      } in a string: a backslash is written \\\\`;
      return { offset: i, detail };
    }
  }
  return { offset: start, detail: "the string that starts here is never closed with '\"'" };
}

function readNumber(text: string, start: number): number | JsonFault {
  NUMBER.lastIndex = start;
  const literal = NUMBER.exec(text)?.[0];
  const end = start + (literal?.length ?? 1);
  const next = text[end];
  if (literal === undefined && text.startsWith("Infinity", end)) {
    return unexpected(text, start, "a finite number", []);
  }
  if (literal === undefined || (next !== undefined && /[\w.$+-]/.test(next))) {
    const whole = /^[-+\w.$]+/.exec(text.slice(start, start + 40))?.[0] ?? "-";
    const hint = /^-?0\d/.test(whole) ? " (leading zeros are not allowed in JSON)" : "";
    return { offset: start, detail: `expected a number such as -12.5e3, found ${whole}${hint}` };
  }
  if (numberTrait(text, start, end) === "overflow") {
    const found = literal.length > 40 ? `${literal.slice(0, 40)}…` : literal;
    return { offset: start, detail: `the number ${found} is too large: the limit is 1.79e308` };
  }
  return end;
}

/** The fault "expected X, found Y", with a hint where people often come from another dialect. */
function unexpected(
  text: string,
  offset: number,
  expected: string,
  frames: readonly Frame[],
): JsonFault {
  if (offset >= text.length) {
    const open = frames.at(-1);
    const unclosed = open === undefined
      ? ""
      : `: the ${open.keys === null ? "array" : "object"} opened on line ${
        lineAt(text, open.start)
      } is not closed`;
    return {
      offset: text.length,
      detail: `expected ${expected}, found the end of the file${unclosed}`,
    };
  }
  return {
    offset,
    detail: `expected ${expected}, found ${found(text, offset)}${hint(text, offset)}`,
  };
}

function found(text: string, offset: number): string {
  WORD.lastIndex = offset;
  const word = WORD.exec(text)?.[0];
  if (word !== undefined) return word.length > 40 ? `${word.slice(0, 40)}…` : word;
  const pair = text.slice(offset, offset + 2);
  if (pair === "//" || pair === "/*") return `'${pair}'`;
  if (text.startsWith("-Infinity", offset)) return "-Infinity";
  return text[offset] === "'" ? '"\'"' : `'${shown(text, offset)}'`;
}

function hint(text: string, offset: number): string {
  const rest = text.slice(offset, offset + 12);
  if (/^(\/\/|\/\*|#)/.test(rest)) return " (comments are not allowed in JSON)";
  if (/^'/.test(rest)) return " (strings are written in double quotes)";
  if (/^(NaN|nan|[-+]?Infinity|[-+]?inf)\b/.test(rest)) {
    return " (JSON has no such number: use null or leave the field out)";
  }
  if (/^(True|False|TRUE|FALSE)\b/.test(rest)) return " (write true or false)";
  if (/^(None|undefined|Null|NULL|nil)\b/.test(rest)) return " (write null)";
  if (/^\+/.test(rest)) return " (a number has no plus sign)";
  if (/^\.\d/.test(rest)) return " (a number starts with a digit)";
  if (/^\d/.test(rest) && /\d,$/.test(text.slice(0, offset))) {
    return " (decimals are written with a point)";
  }
  return "";
}

/** A character for a message: itself when it is visible, else its code. */
function shown(text: string, offset: number): string {
  const point = text.codePointAt(offset) ?? 0;
  if (point < 0x20 || (isSpace(point) && point !== 0x20)) return hex(point);
  if (point === 0xfeff || point === 0xa0 || (point >= 0x7f && point < 0xa0)) return hex(point);
  if (point >= 0xd800 && point <= 0xdfff) return hex(point);
  return String.fromCodePoint(point);
}

function hex(point: number): string {
  return `U+${point.toString(16).toUpperCase().padStart(4, "0")}`;
}

function quoted(key: string): string {
  return JSON.stringify(key.length > 60 ? `${key.slice(0, 60)}…` : key);
}
