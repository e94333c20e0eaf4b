/** Offsets in text as lines and columns. */

/** A place in a text file; both count from 1, the column in UTF-16 units as editors show it. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** Offsets at which the lines of a text start; `\n`, `\r\n` and a lone `\r` end a line. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  const carriageReturns = text.includes("\r");
  for (let i = 0; i < text.length; i++) {
    if (!carriageReturns) {
      i = text.indexOf("\n", i);
      if (i < 0) break;
      starts.push(i + 1);
      continue;
    }
    const code = text.charCodeAt(i);
    if (code === 0x0a || (code === 0x0d && text.charCodeAt(i + 1) !== 0x0a)) starts.push(i + 1);
  }
  return starts;
}

/** The place of an offset, given the starts of the lines. */
export function positionAt(starts: readonly number[], offset: number): TextPosition {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - starts[low]! + 1 };
}

/** The line of an offset, for a single question; many questions share `lineStarts`. */
export function lineAt(text: string, offset: number): number {
  return positionAt(lineStarts(text), offset).line;
}
