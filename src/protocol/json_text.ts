/** JSON as this program prints it. `JSON.stringify` already turns non-finite numbers into null. */

/**
 * U+2028 and U+2029 are legal inside JSON strings but end a line for many readers, so they leave
 * as escapes and one record stays one line everywhere.
 */
function escapeLineSeparators(json: string): string {
  return json.replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

/** One line of JSON, ended by a line feed. */
export function jsonLine(value: object): string {
  return `${escapeLineSeparators(JSON.stringify(value))}\n`;
}

/** Indented JSON, ended by a line feed. */
export function jsonPretty(value: object): string {
  return `${escapeLineSeparators(JSON.stringify(value, null, 2))}\n`;
}
