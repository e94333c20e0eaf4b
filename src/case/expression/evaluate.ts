/** Looks up the names of an expression and multiplies it out. */
import type { ExpressionFault } from "./fault.ts";
import {
  addForm,
  hasVariable,
  type LinearForm,
  MAX_MONOMIALS,
  type Monomial,
  multiplyForms,
  singleForm,
} from "./linear_form.ts";
import { type LineIndex, referenceForm } from "./reference.ts";
import type { Dialect } from "../case.ts";
import type { Factor, Sum, Summand } from "./syntax.ts";

/** What the names of an expression may stand for. */
export interface ExpressionNames {
  readonly dialect: Dialect;
  readonly parameters: ReadonlySet<string>;
  /** Named expressions, already multiplied out. */
  readonly expressions: ReadonlyMap<string, LinearForm>;
  readonly lines: LineIndex;
}

/** A form, or what is wrong with the expression. */
export type Evaluated = { readonly form: LinearForm } | { readonly fault: ExpressionFault };

/** Most parameters that one term multiplies. */
const MAX_PARAMETERS = 32;

const ONE: LinearForm = singleForm({ coefficient: 1, parameters: [], variable: null });

/** Multiplies out a sum. Nesting is bounded by the parser, so recursion is safe. */
export function evaluateSum(sum: Sum, names: ExpressionNames): Evaluated {
  const total = new Map<string, Monomial>();
  for (const summand of sum) {
    const product = evaluateProduct(summand, names);
    if ("fault" in product) return product;
    addForm(total, product.form, summand.sign);
    if (total.size > MAX_MONOMIALS) return { fault: tooLong(summand.factors[0]!.at) };
  }
  for (const { coefficient } of total.values()) {
    if (!Number.isFinite(coefficient)) return { fault: overflow(sum[0]!.factors[0]!.at) };
  }
  return { form: total };
}

function evaluateProduct(summand: Summand, names: ExpressionNames): Evaluated {
  let product: LinearForm = ONE;
  for (const factor of summand.factors) {
    const next = evaluateFactor(factor, names);
    if ("fault" in next) return next;
    if (hasVariable(product) && hasVariable(next.form)) {
      return {
        fault: {
          kind: "SchemaViolation",
          at: factor.at,
          found: "a product of two variables",
          expected: "at most one factor with a variable, because constraints are linear",
        },
      };
    }
    if (product.size * next.form.size > MAX_MONOMIALS) return { fault: tooLong(factor.at) };
    product = product === ONE ? next.form : multiplyForms(product, next.form);
    for (const { parameters } of product.values()) {
      if (parameters.length > MAX_PARAMETERS) return { fault: tooDeep(factor.at) };
    }
  }
  return { form: product };
}

function evaluateFactor(factor: Factor, names: ExpressionNames): Evaluated {
  switch (factor.kind) {
    case "number":
      return {
        form: singleForm({ coefficient: factor.value, parameters: [], variable: null }),
      };
    case "group":
      return evaluateSum(factor.sum, names);
    case "reference":
      return referenceForm(factor, names.dialect, names.lines);
    case "name": {
      const form = names.expressions.get(factor.name);
      if (form !== undefined) return { form };
      if (names.parameters.has(factor.name)) {
        return {
          form: singleForm({ coefficient: 1, parameters: [factor.name], variable: null }),
        };
      }
      return {
        fault: {
          kind: "MissingReference",
          at: factor.at,
          found: `'@${factor.name}'`,
          expected: "the name of a scalar parameter or of a named expression",
          registry: "scalar_parameters",
        },
      };
    }
  }
}

function tooLong(at: number): ExpressionFault {
  return {
    kind: "SchemaViolation",
    at,
    found: `more than ${MAX_MONOMIALS} terms`,
    expected: `at most ${MAX_MONOMIALS} terms after multiplying out`,
  };
}

function tooDeep(at: number): ExpressionFault {
  return {
    kind: "SchemaViolation",
    at,
    found: `a term with more than ${MAX_PARAMETERS} parameters`,
    expected: `at most ${MAX_PARAMETERS} parameters in a term after multiplying out`,
  };
}

function overflow(at: number): ExpressionFault {
  return {
    kind: "SchemaViolation",
    at,
    found: "a coefficient that is not finite",
    expected: "products within the range of a double",
  };
}
