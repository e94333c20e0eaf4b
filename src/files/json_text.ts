/** The few steps over the characters of JSON text that every pass over it shares. */

/** Character codes that JSON gives a meaning. */
export const Char = {
  quote: 0x22,
  comma: 0x2c,
  minus: 0x2d,
  dot: 0x2e,
  zero: 0x30,
  nine: 0x39,
  colon: 0x3a,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const;

/** Whether the character is white space in JSON. */
export function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** Whether the character is one of `0`–`9`. */
export function isDigit(code: number): boolean {
  return code >= Char.zero && code <= Char.nine;
}

/** The first offset from `offset` on that holds no white space. */
export function skipSpace(text: string, offset: number): number {
  while (offset < text.length && isSpace(text.charCodeAt(offset))) offset++;
  return offset;
}

/** The offset after the closing quote of the string that opens at `offset`; the text is valid JSON. */
export function endOfString(text: string, offset: number): number {
  for (let i = offset + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === Char.quote) return i + 1;
    if (code === Char.backslash) i++;
  }
  return text.length;
}

/** The offset after the number that starts at `offset`; the text is valid JSON. */
export function endOfNumber(text: string, offset: number): number {
  let end = offset + 1;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    const inside = isDigit(code) || code === Char.dot || code === Char.minus || code === 0x2b ||
      code === 0x65 || code === 0x45;
    if (!inside) break;
    end++;
  }
  return end;
}

/** The string between two quotes, `end` being the offset after the closing one. */
export function decodeString(text: string, start: number, end: number): string {
  const raw = text.slice(start + 1, end - 1);
  return raw.includes("\\") ? JSON.parse(text.slice(start, end)) as string : raw;
}

/**
 * What makes a number literal special: `float` is a whole number written with a point or an
 * exponent, `wide` an integer beyond the exact range of a double, `overflow` one that no double
 * can hold. Null for every other literal.
 */
export function numberTrait(
  text: string,
  start: number,
  end: number,
): "float" | "wide" | "overflow" | null {
  let point = false;
  let exponent = false;
  let fraction = false;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === Char.dot) point = true;
    else if (code === 0x65 || code === 0x45) exponent = true;
    else if (point && code !== Char.zero) fraction = true;
  }
  // Fifteen digits always fit, and a literal with decimals and no exponent is nearly always just a
  // fraction: those two cases cover the bulk of a file without a conversion.
  if (!point && !exponent && end - start <= 15) return null;
  if (fraction && !exponent && end - start <= 17) return null;
  const value = Number(text.slice(start, end));
  if (!Number.isFinite(value)) return "overflow";
  if (point || exponent) return Number.isInteger(value) ? "float" : null;
  return Number.isSafeInteger(value) ? null : "wide";
}
