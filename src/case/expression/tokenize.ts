/** Cuts the text of an expression into tokens. */
import type { ExpressionFault } from "./fault.ts";

/** A piece of an expression. The last token of a text is always `end`. */
export interface Token {
  readonly kind: "number" | "name" | "at_name" | "symbol" | "end";
  /** As written; for `at_name` without the `@`. */
  readonly text: string;
  /** Offset in the expression. */
  readonly at: number;
}

const SYMBOLS = ["<=", ">=", "==", "+", "-", "*", "(", ")", ",", "="];

// Sticky, so that each try starts at the current offset and costs only what it matches.
const BLANK = /\s+/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;

/** The tokens of a text, or what is wrong with it. */
export function tokenize(
  text: string,
): { readonly tokens: readonly Token[] } | { readonly fault: ExpressionFault } {
  const tokens: Token[] = [];
  const match = (pattern: RegExp, from: number): string | null => {
    pattern.lastIndex = from;
    return pattern.exec(text)?.[0] ?? null;
  };
  for (let at = 0; at < text.length;) {
    const blank = match(BLANK, at);
    if (blank !== null) {
      at += blank.length;
      continue;
    }
    const token = nextToken(text, at, match);
    if ("expected" in token) return { fault: token };
    tokens.push(token);
    at += token.text.length + (token.kind === "at_name" ? 1 : 0);
  }
  tokens.push({ kind: "end", text: "", at: text.length });
  return { tokens };
}

function nextToken(
  text: string,
  at: number,
  match: (pattern: RegExp, from: number) => string | null,
): Token | ExpressionFault {
  const number = match(NUMBER, at);
  if (number !== null) {
    if (Number.isFinite(Number(number))) return { kind: "number", text: number, at };
    return fault(at, `'${number}'`, "a number within the range of a double");
  }
  const name = match(NAME, at);
  if (name !== null) return { kind: "name", text: name, at };
  if (text[at] === "@") {
    const named = match(NAME, at + 1);
    if (named !== null) return { kind: "at_name", text: named, at };
    return fault(at, "'@' without a name", "the name of a parameter or expression after '@'");
  }
  const symbol = SYMBOLS.find((symbol) => text.startsWith(symbol, at));
  if (symbol !== undefined) return { kind: "symbol", text: symbol, at };
  const found = String.fromCodePoint(text.codePointAt(at)!);
  return fault(
    at,
    `'${found}'`,
    found === "<" || found === ">" ? `'${found}='` : "a term, an operator or a parenthesis",
  );
}

function fault(at: number, found: string, expected: string): ExpressionFault {
  return { kind: "SchemaViolation", at, found, expected };
}
