/** Sums of products of parameters and at most one variable, with equal products merged. */
import type { GenericConstant, GenericTerm } from "../../model/mod.ts";

/** A variable of the stage problem, without its coefficient. */
export type VariableReference = Omit<GenericTerm, "coefficient" | "parameters">;

/** coefficient · Π parameters · variable; without a variable, a constant. */
export interface Monomial {
  readonly coefficient: number;
  /** Sorted; a parameter may come more than once. */
  readonly parameters: readonly string[];
  readonly variable: VariableReference | null;
}

/** Monomials by what they multiply, in the order in which they first came. */
export type LinearForm = ReadonlyMap<string, Monomial>;

/** Most monomials of one expression; beyond it, named expressions multiply each other out. */
export const MAX_MONOMIALS = 100_000;

/** A form of one monomial. */
export function singleForm(monomial: Monomial): LinearForm {
  return new Map([[monomialKey(monomial), monomial]]);
}

/** Whether the form has a variable. */
export function hasVariable(form: LinearForm): boolean {
  for (const { variable } of form.values()) if (variable !== null) return true;
  return false;
}

/** Adds a multiple of a form to a sum. */
export function addForm(sum: Map<string, Monomial>, form: LinearForm, factor: number): void {
  for (const [key, monomial] of form) {
    // Adding 0 turns a negative zero into a plain one.
    const coefficient = (sum.get(key)?.coefficient ?? 0) + factor * monomial.coefficient + 0;
    sum.set(key, { ...monomial, coefficient });
  }
}

/** The product of two forms, of which at least one has no variable. */
export function multiplyForms(left: LinearForm, right: LinearForm): LinearForm {
  const product = new Map<string, Monomial>();
  for (const a of left.values()) {
    for (const b of right.values()) {
      const monomial = {
        coefficient: a.coefficient * b.coefficient,
        parameters: [...a.parameters, ...b.parameters].sort(),
        variable: a.variable ?? b.variable,
      };
      addForm(product, singleForm(monomial), 1);
    }
  }
  return product;
}

/** The terms of a form, and its constants. */
export function splitForm(
  form: LinearForm,
): { readonly terms: GenericTerm[]; readonly constants: GenericConstant[] } {
  const terms: GenericTerm[] = [];
  const constants: GenericConstant[] = [];
  for (const { coefficient, parameters, variable } of form.values()) {
    if (variable === null) constants.push({ value: coefficient, parameters });
    else terms.push({ coefficient, parameters, ...variable });
  }
  return { terms, constants };
}

function monomialKey({ parameters, variable }: Monomial): string {
  const names = parameters.join("*");
  if (variable === null) return names;
  const { entityId, blockId, busId } = variable;
  return `${variable.variable}(${entityId},${blockId ?? ""},${busId ?? ""})${names}`;
}
