/**
 * What the text of a user's constraint says, before names are looked up.
 *
 *     relation  := sum [ ("<=" | ">=" | "==") sum ]
 *     sum       := ["+" | "-"] product { ("+" | "-") product }
 *     product   := factor { "*" factor }
 *     factor    := number | "@" name | name "(" arguments ")" | "(" sum ")"
 *     arguments := argument { "," argument },  argument := [name "="] integer
 */

/** How the two sides of a relation compare. */
export type Sense = "<=" | ">=" | "==";

/** Every sense. */
export const SENSES = ["<=", ">=", "=="] as const satisfies readonly Sense[];

/** An argument of a reference: `2` or `bus=2`. */
export interface Argument {
  readonly name: string | null;
  readonly value: number;
  /** Offset in the text. */
  readonly at: number;
}

/** What a product multiplies; `at` is the offset in the text. */
export type Factor =
  | { readonly kind: "number"; readonly value: number; readonly at: number }
  | { readonly kind: "name"; readonly name: string; readonly at: number }
  | {
    readonly kind: "reference";
    readonly variable: string;
    readonly arguments: readonly Argument[];
    readonly at: number;
  }
  | { readonly kind: "group"; readonly sum: Sum; readonly at: number };

/** A signed product of a sum. */
export interface Summand {
  readonly sign: 1 | -1;
  /** Never empty. */
  readonly factors: readonly Factor[];
}

/** A sum, never empty. */
export type Sum = readonly Summand[];

/** A whole expression; `right` is given where a relation is. */
export interface Relation {
  readonly left: Sum;
  readonly sense: Sense | null;
  readonly right: Sum | null;
}

/** The text of an expression, in the notation that the parser reads. */
export function printRelation(relation: Relation): string {
  const left = printSum(relation.left);
  if (relation.sense === null || relation.right === null) return left;
  return `${left} ${relation.sense} ${printSum(relation.right)}`;
}

function printSum(sum: Sum): string {
  const parts: string[] = [];
  for (const { sign, factors } of sum) {
    if (parts.length > 0) parts.push(sign < 0 ? " - " : " + ");
    else if (sign < 0) parts.push("-");
    parts.push(factors.map(printFactor).join(" * "));
  }
  return parts.join("");
}

function printFactor(factor: Factor): string {
  switch (factor.kind) {
    case "number":
      return String(factor.value);
    case "name":
      return `@${factor.name}`;
    case "group":
      return `(${printSum(factor.sum)})`;
    case "reference":
      return `${factor.variable}(${factor.arguments.map(printArgument).join(", ")})`;
  }
}

function printArgument(argument: Argument): string {
  return argument.name === null ? String(argument.value) : `${argument.name}=${argument.value}`;
}
