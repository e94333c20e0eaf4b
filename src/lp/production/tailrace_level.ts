/** Level of the river below a plant, by what the plant lets out and by the level further down. */
import type { Tailrace, TailraceCurves } from "../../model/mod.ts";
import { type Curve, curveValue } from "./curve.ts";

/** A polynomial for a range of outflows; coefficients by rising power. */
interface Segment {
  readonly from: number;
  readonly to: number;
  readonly coefficients: readonly number[];
}

/** Segments that hold while the level further down is at the reference; null for any level. */
interface Family {
  readonly referenceM: number | null;
  readonly segments: readonly Segment[];
}

/** A tailrace as data: segments of polynomials, or a curve of points. */
export type TailraceModel =
  | { readonly kind: "families"; readonly families: readonly Family[] }
  | { readonly kind: "curve"; readonly curve: Curve };

/** A tailrace at level 0: the levels of the reservoir are then heads. */
export const NO_TAILRACE: TailraceModel = polynomial([0]);

/**
 * The tailrace of a plant. Families of curves are the finer description: where the case has them
 * they take the place of the tailrace in the entry of the plant.
 */
export function tailraceModel(
  hydroId: number,
  own: Tailrace | null,
  curves: TailraceCurves | null,
): TailraceModel | null {
  const families = familiesOf(hydroId, curves);
  if (families.length > 0) return { kind: "families", families };
  if (own === null) return null;
  if (own.type === "polynomial") return polynomial(own.coefficients);
  const points = own.points.toSorted((a, b) => a.outflowM3s - b.outflowM3s);
  const curve = {
    x: Float64Array.from(points, ({ outflowM3s }) => outflowM3s),
    y: Float64Array.from(points, ({ heightM }) => heightM),
  };
  return { kind: "curve", curve };
}

/**
 * The tailrace while the level further down stays at `downstreamM`; null where nothing is known of
 * it, as at the sea: then the lowest family holds. Between two families levels are interpolated,
 * beyond them the nearest family holds.
 */
export function tailraceAt(
  model: TailraceModel,
  downstreamM: number | null,
): (outflowM3s: number) => number {
  if (model.kind === "curve") return (outflow) => curveValue(model.curve, outflow);
  const { families } = model;
  const free = families.find(({ referenceM }) => referenceM === null);
  if (free !== undefined) return (outflow) => familyLevel(free, outflow);
  const above = downstreamM === null
    ? 0
    : families.findIndex(({ referenceM }) => referenceM! >= downstreamM);
  const upper = families.at(above)!;
  const lower = families[above - 1];
  // Beyond the ends there is only one: `at(-1)` is the last family when none lies above.
  if (above <= 0 || lower === undefined) return (outflow) => familyLevel(upper, outflow);
  const share = (downstreamM! - lower.referenceM!) / (upper.referenceM! - lower.referenceM!);
  return (outflow) => {
    const low = familyLevel(lower, outflow);
    return low + share * (familyLevel(upper, outflow) - low);
  };
}

function polynomial(coefficients: readonly number[]): TailraceModel {
  const segment: Segment = { from: -Infinity, to: Infinity, coefficients };
  return { kind: "families", families: [{ referenceM: null, segments: [segment] }] };
}

/** The families of a plant by rising reference level; the rows of the table are sorted by key. */
function familiesOf(hydroId: number, curves: TailraceCurves | null): Family[] {
  const byId = new Map<number, { referenceM: number | null; segments: Segment[] }>();
  for (let row = 0; row < (curves?.rows ?? 0); row++) {
    if (curves!.hydro_id[row] !== hydroId) continue;
    const reference = curves!.downstream_reference_level_m[row]!;
    const family = curves!.family_id[row]!;
    const known = byId.get(family) ?? {
      referenceM: Number.isNaN(reference) ? null : reference,
      segments: [],
    };
    byId.set(family, known);
    known.segments.push({
      from: curves!.outflow_min_m3s[row]!,
      to: curves!.outflow_max_m3s[row]!,
      coefficients: [
        curves!.coefficient_0[row]!,
        curves!.coefficient_1[row]!,
        curves!.coefficient_2[row]!,
        curves!.coefficient_3[row]!,
        curves!.coefficient_4[row]!,
      ],
    });
  }
  const families = [...byId.values()];
  for (const { segments } of families) segments.sort((a, b) => a.from - b.from);
  return families.sort((a, b) => (a.referenceM ?? -Infinity) - (b.referenceM ?? -Infinity));
}

/** An outflow outside all segments takes the nearest end of one. */
function familyLevel({ segments }: Family, outflow: number): number {
  let nearest = segments[0]!;
  let distance = Infinity;
  for (const segment of segments) {
    const away = Math.max(segment.from - outflow, outflow - segment.to, 0);
    if (away < distance) {
      nearest = segment;
      distance = away;
    }
  }
  const within = Math.min(Math.max(outflow, nearest.from), nearest.to);
  return nearest.coefficients.reduceRight((sum, coefficient) => sum * within + coefficient, 0);
}
