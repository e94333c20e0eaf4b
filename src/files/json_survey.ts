/** One quick pass over valid JSON text for what the built-in parser does not tell. */
import { Char, endOfNumber, endOfString, isDigit, numberTrait } from "./json_text.ts";

/** What {@link surveyJson} counts. */
export interface JsonSurvey {
  /** Number of `key: value` members written in the text, duplicates included. */
  readonly members: number;
  /** Deepest nesting of objects and arrays. */
  readonly depth: number;
  /** Whether any number is special in the sense of `numberTrait`, overflow apart. */
  readonly specialNumbers: boolean;
  /** Whether any number is too large for a double. */
  readonly overflow: boolean;
}

/** Counts members and nesting and looks for special numbers in text that is valid JSON. */
export function surveyJson(text: string): JsonSurvey {
  let members = 0;
  let depth = 0;
  let deepest = 0;
  let specialNumbers = false;
  let overflow = false;
  const length = text.length;
  for (let i = 0; i < length;) {
    const code = text.charCodeAt(i);
    if (code === Char.quote) {
      i = endOfString(text, i);
      continue;
    }
    if (isDigit(code) || code === Char.minus) {
      const end = endOfNumber(text, i);
      const trait = numberTrait(text, i, end);
      if (trait === "overflow") overflow = true;
      else if (trait !== null) specialNumbers = true;
      i = end;
      continue;
    }
    if (code === Char.colon) members++;
    else if (code === Char.openBrace || code === Char.openBracket) {
      depth++;
      if (depth > deepest) deepest = depth;
    } else if (code === Char.closeBrace || code === Char.closeBracket) depth--;
    i++;
  }
  return { members, depth: deepest, specialNumbers, overflow };
}

/** Number of members in a parsed value: fewer than were written when a key came twice. */
export function countMembers(root: unknown): number {
  let members = 0;
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== "object" || value === null) continue;
    if (!Array.isArray(value)) members += Object.keys(value).length;
    const children = Array.isArray(value) ? value : Object.values(value);
    for (let i = 0; i < children.length; i++) {
      const child: unknown = children[i];
      if (typeof child === "object" && child !== null) open.push(child);
    }
  }
  return members;
}
