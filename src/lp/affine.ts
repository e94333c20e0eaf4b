/** Numbers that depend on the known quantities of a stage: constant + Σ coefficient·quantity. */

/** See the head of this file. */
export interface AffineForm {
  constant: number;
  readonly terms: Map<number, number>;
}

/** A form without terms. */
export function constantForm(constant: number): AffineForm {
  return { constant, terms: new Map() };
}

/** Adds `factor` times another form. */
export function addScaled(form: AffineForm, other: AffineForm, factor: number): void {
  form.constant += factor * other.constant;
  for (const [quantity, coefficient] of other.terms) {
    const sum = (form.terms.get(quantity) ?? 0) + factor * coefficient;
    if (sum === 0) form.terms.delete(quantity);
    else form.terms.set(quantity, sum);
  }
}

/** The least and greatest value of a form when its quantities stay in their ranges. */
export function rangeOf(
  { constant, terms }: AffineForm,
  lower: Float64Array,
  upper: Float64Array,
): [least: number, greatest: number] {
  let least = constant;
  let greatest = constant;
  for (const [quantity, coefficient] of terms) {
    const low = lower[quantity]!;
    const high = upper[quantity]!;
    least += coefficient * (coefficient > 0 ? low : high);
    greatest += coefficient * (coefficient > 0 ? high : low);
  }
  return [least, greatest];
}
