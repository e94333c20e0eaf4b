/**
 * Separates code from comments and literals, so that the other checks can search with plain patterns
 * and never mistake a sentence or a test input for code. Offsets stay those of the original text.
 */

/** A source text split into two texts of the same length and the same line breaks. */
export interface MaskedSource {
  /** Code; comments and the insides of strings, templates and patterns are blanks. */
  readonly code: string;
  /** Comments; everything else is blank. */
  readonly comments: string;
}

const BEFORE_PATTERN =
  /(?:^|[(,=:[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of|delete|void|throw|new|else|do|yield|await))\s*$/;

/** See {@link MaskedSource}. */
export function maskSource(text: string): MaskedSource {
  const code = blankCopy(text);
  const comments = blankCopy(text);
  // Depth of braces inside each open `${…}`; the innermost comes last.
  const substitutions: number[] = [];
  let at = 0;

  const keep = (target: string[], end: number): void => {
    for (; at < end; at++) target[at] = text[at]!;
  };
  const literal = (end: number): void => {
    code[at] = text[at]!;
    if (end <= text.length && end - 1 > at) code[end - 1] = text[end - 1]!;
    at = Math.min(end, text.length);
  };
  const template = (): void => {
    const end = templateChunkEnd(text, at + 1);
    if (text[end - 1] === "{") substitutions.push(0);
    literal(end);
  };

  while (at < text.length) {
    const character = text[at]!;
    const next = text[at + 1];
    if (character === "/" && next === "/") {
      keep(comments, indexOrEnd(text, "\n", at));
    } else if (character === "/" && next === "*") {
      keep(comments, Math.min(indexOrEnd(text, "*/", at + 2) + 2, text.length));
    } else if (character === '"' || character === "'") {
      literal(quotedEnd(text, at));
    } else if (character === "`") {
      template();
    } else if (
      character === "/" && BEFORE_PATTERN.test(code.slice(Math.max(0, at - 40), at).join(""))
    ) {
      literal(patternEnd(text, at));
    } else if (character === "}" && substitutions.at(-1) === 0) {
      substitutions.pop();
      template();
    } else {
      const innermost = substitutions.length - 1;
      if (innermost >= 0 && character === "{") substitutions[innermost]!++;
      if (innermost >= 0 && character === "}") substitutions[innermost]!--;
      keep(code, at + 1);
    }
  }
  return { code: code.join(""), comments: comments.join("") };
}

function blankCopy(text: string): string[] {
  return text.replace(/[^\n]/g, " ").split("");
}

function indexOrEnd(text: string, wanted: string, from: number): number {
  const found = text.indexOf(wanted, from);
  return found < 0 ? text.length : found;
}

/** The offset after a quoted string; an unclosed one ends with its line. */
function quotedEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === text[start] || text[at] === "\n") return at + 1;
  }
  return text.length;
}

/** The offset after the backtick or the `${` that ends a stretch of template text. */
function templateChunkEnd(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "`") return at + 1;
    else if (text[at] === "$" && text[at + 1] === "{") return at + 2;
  }
  return text.length;
}

/** The offset after the slash that closes a regular expression. */
function patternEnd(text: string, start: number): number {
  let inClass = false;
  for (let at = start + 1; at < text.length && text[at] !== "\n"; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "[") inClass = true;
    else if (text[at] === "]") inClass = false;
    else if (text[at] === "/" && !inClass) return at + 1;
  }
  return start + 1;
}
