/** Reads the text of an expression. */
import type { Dialect } from "../case.ts";
import type { ExpressionFault } from "./fault.ts";
import type { Argument, Factor, Relation, Sense, Sum, Summand } from "./syntax.ts";
import { type Token, tokenize } from "./tokenize.ts";

/** Deepest nesting of parentheses; a person never comes near it. */
export const MAX_GROUP_DEPTH = 64;

/** Largest id or block number: what a 32-bit column can hold. */
const MAX_INTEGER = 0x7fffffff;

/** The outcome of reading an expression. */
export type ParsedExpression =
  | { readonly relation: Relation }
  | { readonly fault: ExpressionFault };

/**
 * Reads an expression. The older case layout knows sums of references with an optional number
 * before each and nothing else; the newer one the whole grammar of `syntax.ts`.
 */
export function parseExpression(text: string, dialect: Dialect): ParsedExpression {
  const cut = tokenize(text);
  if ("fault" in cut) return cut;
  const parser = new Parser(cut.tokens, dialect);
  const relation = parser.relation();
  return relation === null ? { fault: parser.fault! } : { relation };
}

/** A method that returns null has set `fault`. */
class Parser {
  fault: ExpressionFault | null = null;
  readonly #tokens: readonly Token[];
  readonly #old: boolean;
  #position = 0;

  constructor(tokens: readonly Token[], dialect: Dialect) {
    this.#tokens = tokens;
    this.#old = dialect === "v0.5";
  }

  relation(): Relation | null {
    const left = this.#sum(0);
    if (left === null) return null;
    const sense = this.#sense();
    if (sense === null) {
      return this.#end("'+', '-' or the end") ? { left, sense: null, right: null } : null;
    }
    if (this.#old) {
      return this.#fail("no relation: this case layout states it in 'sense'");
    }
    this.#position++;
    const right = this.#sum(0);
    if (right === null || !this.#end("'+', '-' or the end")) return null;
    return { left, sense, right };
  }

  #sum(depth: number): Sum | null {
    const summands: Summand[] = [];
    let sign = this.#sign();
    if (sign !== null) this.#position++;
    for (;;) {
      const factors = this.#old ? this.#oldProduct() : this.#product(depth);
      if (factors === null) return null;
      summands.push({ sign: sign ?? 1, factors });
      sign = this.#sign();
      if (sign === null) return summands;
      this.#position++;
    }
  }

  #oldProduct(): Factor[] | null {
    const factors: Factor[] = [];
    if (this.#token.kind === "number") {
      const number = this.#factor(0);
      if (number === null) return null;
      if (!this.#symbol("*")) return this.#fail("'*' and a variable after the number");
      factors.push(number);
    }
    if (this.#token.kind !== "name") {
      return this.#fail(factors.length > 0 ? "a variable" : "a number or a variable");
    }
    const reference = this.#factor(0);
    if (reference === null) return null;
    factors.push(reference);
    return factors;
  }

  #product(depth: number): Factor[] | null {
    const factors: Factor[] = [];
    do {
      const factor = this.#factor(depth);
      if (factor === null) return null;
      factors.push(factor);
    } while (this.#symbol("*"));
    return factors;
  }

  #factor(depth: number): Factor | null {
    const { kind, text, at } = this.#token;
    if (kind === "number") {
      this.#position++;
      return { kind: "number", value: Number(text), at };
    }
    if (kind === "at_name") {
      this.#position++;
      return { kind: "name", name: text, at };
    }
    if (kind === "name") return this.#reference();
    if (kind === "symbol" && text === "(") {
      if (depth >= MAX_GROUP_DEPTH) {
        return this.#fail(`at most ${MAX_GROUP_DEPTH} parentheses inside each other`);
      }
      this.#position++;
      const sum = this.#sum(depth + 1);
      if (sum === null) return null;
      return this.#expect(")", "'+', '-', '*' or ')'") ? { kind: "group", sum, at } : null;
    }
    return this.#fail("a number, a variable, '@' or '('");
  }

  #reference(): Factor | null {
    const { text: variable, at } = this.#token;
    this.#position++;
    if (!this.#expect("(", `'(' after the variable ${variable}`)) return null;
    const args: Argument[] = [];
    do {
      const argument = this.#argument();
      if (argument === null) return null;
      args.push(argument);
    } while (this.#symbol(","));
    if (!this.#expect(")", "',' or ')'")) return null;
    return { kind: "reference", variable, arguments: args, at };
  }

  #argument(): Argument | null {
    const { kind, text, at } = this.#token;
    let name: string | null = null;
    if (kind === "name" && !this.#old) {
      name = text;
      this.#position++;
      if (!this.#expect("=", `'=' after ${name}`)) return null;
    }
    const value = this.#token.kind === "number" ? Number(this.#token.text) : NaN;
    if (!Number.isInteger(value) || value > MAX_INTEGER) {
      return this.#fail(`a whole number from 0 to ${MAX_INTEGER}`);
    }
    this.#position++;
    return { name, value, at };
  }

  get #token(): Token {
    return this.#tokens[this.#position]!;
  }

  #sign(): 1 | -1 | null {
    const { kind, text } = this.#token;
    if (kind !== "symbol") return null;
    return text === "+" ? 1 : text === "-" ? -1 : null;
  }

  #sense(): Sense | null {
    const { kind, text } = this.#token;
    if (kind !== "symbol") return null;
    return text === "<=" || text === ">=" || text === "==" ? text : null;
  }

  /** Steps over the symbol if it is the next token. */
  #symbol(text: string): boolean {
    const found = this.#token.kind === "symbol" && this.#token.text === text;
    if (found) this.#position++;
    return found;
  }

  #expect(symbol: string, expected: string): boolean {
    if (this.#symbol(symbol)) return true;
    this.#fail(expected);
    return false;
  }

  #end(expected: string): boolean {
    if (this.#token.kind === "end") return true;
    this.#fail(expected);
    return false;
  }

  #fail(expected: string): null {
    const { kind, text, at } = this.#token;
    const found = kind === "end"
      ? "the end of the expression"
      : `'${kind === "at_name" ? "@" : ""}${text}'`;
    this.fault = { kind: "SchemaViolation", at, found, expected };
    return null;
  }
}
