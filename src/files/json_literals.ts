/** How numbers were written, where that matters and the parsed value no longer tells. */
import { Char, decodeString, endOfNumber, endOfString, isDigit, numberTrait } from "./json_text.ts";

/** Literals of special numbers by the object or array that holds them and the key or index. */
export type JsonLiterals = ReadonlyMap<object, ReadonlyMap<string | number, string>>;

/**
 * Walks valid text and its parsed value side by side and keeps the literals that `numberTrait`
 * calls special. Costs about as much as parsing, so it runs only when such a literal exists and
 * somebody asks.
 */
export function collectLiterals(text: string, root: unknown): JsonLiterals {
  const literals = new Map<object, Map<string | number, string>>();
  const outer: { container: object; index: number }[] = [];
  let container: object | null = null;
  let index = 0; // Of the current item, in an array.
  let keyStart = -1; // Of the current key, in an object; -1 while the key is still to come.
  let keyEnd = -1;
  const currentKey = () => keyStart >= 0 ? decodeString(text, keyStart, keyEnd) : index;
  for (let i = 0; i < text.length;) {
    const code = text.charCodeAt(i);
    if (code === Char.quote) {
      const end = endOfString(text, i);
      if (keyStart < 0 && container !== null && !Array.isArray(container)) {
        keyStart = i;
        keyEnd = end;
      }
      i = end;
      continue;
    }
    if (isDigit(code) || code === Char.minus) {
      const end = endOfNumber(text, i);
      if (container !== null && numberTrait(text, i, end) !== null) {
        let held = literals.get(container);
        if (held === undefined) literals.set(container, held = new Map());
        held.set(currentKey(), text.slice(i, end));
      }
      i = end;
      continue;
    }
    if (code === Char.openBrace || code === Char.openBracket) {
      const inner: unknown = container === null
        ? root
        : (container as Record<string | number, unknown>)[currentKey()];
      if (container !== null) outer.push({ container, index });
      container = inner as object;
      index = 0;
      keyStart = -1;
    } else if (code === Char.closeBrace || code === Char.closeBracket) {
      const parent = outer.pop();
      container = parent?.container ?? null;
      index = parent?.index ?? 0;
      keyStart = -1;
    } else if (code === Char.comma) {
      index++;
      keyStart = -1;
    }
    i++;
  }
  return literals;
}
