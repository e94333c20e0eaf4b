/**
 * Where the values of valid JSON text stand. Nothing is stored while a document is good: a
 * container is indexed when a question first leads through it, and then once.
 */
import { Char, decodeString, endOfString, skipSpace } from "./json_text.ts";
import { lineStarts, positionAt, type TextPosition } from "./text_position.ts";

/** Steps from the root of a document: keys of objects, indices of arrays. */
export type JsonPath = readonly (string | number)[];

/** Answers where values stand; see {@link jsonPositions}. */
export type JsonLocator = (path: JsonPath) => TextPosition;

/**
 * A locator for text that is valid JSON. A path that leads nowhere gives the innermost container
 * that does exist.
 */
export function jsonPositions(text: string): JsonLocator {
  const indexes = new Map<number, Map<string | number, number>>();
  let starts: readonly number[] | null = null;
  return (path) => {
    let offset = skipSpace(text, 0);
    for (const step of path) {
      const code = text.charCodeAt(offset);
      if (code !== Char.openBrace && code !== Char.openBracket) break;
      let index = indexes.get(offset);
      if (index === undefined) {
        index = indexContainer(text, offset);
        indexes.set(offset, index);
      }
      const child = index.get(step);
      if (child === undefined) break;
      offset = child;
    }
    starts ??= lineStarts(text);
    return positionAt(starts, offset);
  };
}

/** Offsets of the direct children of the container that opens at `start`. */
function indexContainer(text: string, start: number): Map<string | number, number> {
  const children = new Map<string | number, number>();
  const isArray = text.charCodeAt(start) === Char.openBracket;
  let depth = 1;
  let key: string | number = 0;
  let count = 0;
  let at = skipSpace(text, start + 1);
  const first = text.charCodeAt(at);
  if (first === Char.closeBracket || first === Char.closeBrace) return children;
  if (isArray) children.set(count, at);
  let keyNext = !isArray;
  while (depth > 0 && at < text.length) {
    const code = text.charCodeAt(at);
    if (code === Char.quote) {
      const end = endOfString(text, at);
      if (keyNext && depth === 1) {
        key = decodeString(text, at, end);
        keyNext = false;
        at = skipSpace(text, skipSpace(text, end) + 1);
        children.set(key, at);
      } else at = end;
      continue;
    }
    if (code === Char.openBrace || code === Char.openBracket) depth++;
    else if (code === Char.closeBrace || code === Char.closeBracket) depth--;
    else if (code === Char.comma && depth === 1) {
      if (isArray) {
        at = skipSpace(text, at + 1);
        children.set(++count, at);
        continue;
      }
      keyNext = true;
    }
    at++;
  }
  return children;
}
