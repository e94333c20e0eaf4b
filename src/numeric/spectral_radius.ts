/**
 * The largest size of an eigenvalue of a general square matrix. A (periodic) autoregression is
 * stationary exactly when this is below 1 for its companion matrix (for the product of the companion
 * matrices over one period), so no polynomial has to be solved.
 *
 * Eigenvalues that zeros set apart are read off, the rest is balanced, reduced to Hessenberg form and
 * taken apart by the QR method with double shifts (Golub and Van Loan, "Matrix Computations",
 * section 7.5). Repeated squaring would be shorter but loses the small eigenvalues of matrices far
 * from normal, which companion matrices are.
 */

/** QR takes two or three steps for an eigenvalue; far more means that it will never end. */
const MOST_STEPS = 100;
/** Steps after which an exceptional shift breaks a cycle. */
const CYCLE_STEPS = 10;

/**
 * The spectral radius of a matrix of `n` rows; null when an entry is not finite or the iteration does
 * not converge.
 */
export function spectralRadius(matrix: Float64Array, n: number): number | null {
  for (let index = 0; index < n * n; index++) {
    if (!Number.isFinite(matrix[index])) return null;
  }
  const { radius, rest } = isolate(matrix, n);
  const size = rest.length;
  const h = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      h[row * size + column] =
        matrix[(rest[row] as number) * n + (rest[column] as number)] as number;
    }
  }
  balance(h, size);
  reduceToHessenberg(h, size);
  const largest = largestByQr(h, size);
  return largest === null ? null : Math.max(radius, largest);
}

/**
 * Sets apart, one after the other, the rows whose off-diagonal entries are zero in their row or in
 * their column among the rows that remain: their diagonal entries are eigenvalues. A state that only
 * remembers lags nobody reads goes this way, exactly, instead of as a nearly defective zero.
 */
function isolate(matrix: Float64Array, n: number): { radius: number; rest: number[] } {
  let rest = Array.from({ length: n }, (_, row) => row);
  let radius = 0;
  for (;;) {
    const found = rest.find((row) =>
      rest.every((other) => other === row || matrix[row * n + other] === 0) ||
      rest.every((other) => other === row || matrix[other * n + row] === 0)
    );
    if (found === undefined) return { radius, rest };
    radius = Math.max(radius, Math.abs(matrix[found * n + found] as number));
    rest = rest.filter((row) => row !== found);
  }
}

/** Scales rows and columns by powers of 2, which is exact, until their sizes match. */
function balance(h: Float64Array, n: number): void {
  for (let changed = true; changed;) {
    changed = false;
    for (let k = 0; k < n; k++) {
      let rowSize = 0;
      let columnSize = 0;
      for (let other = 0; other < n; other++) {
        if (other === k) continue;
        rowSize += Math.abs(h[k * n + other] as number);
        columnSize += Math.abs(h[other * n + k] as number);
      }
      const exponent = Math.round(Math.log2(rowSize / columnSize) / 2);
      if (exponent === 0 || !Number.isFinite(exponent)) continue;
      const scale = 2 ** exponent;
      if (columnSize * scale + rowSize / scale >= 0.95 * (columnSize + rowSize)) continue;
      changed = true;
      for (let other = 0; other < n; other++) {
        h[other * n + k] = (h[other * n + k] as number) * scale;
        h[k * n + other] = (h[k * n + other] as number) / scale;
      }
    }
  }
}

/** Makes everything below the first subdiagonal zero by reflections from both sides. */
function reduceToHessenberg(h: Float64Array, n: number): void {
  const vector = new Float64Array(n);
  for (let column = 0; column < n - 2; column++) {
    const count = n - column - 1;
    for (let k = 0; k < count; k++) vector[k] = h[(column + 1 + k) * n + column] as number;
    if (!makeReflector(vector, count)) continue;
    reflectRows(h, n, vector, column + 1, count, column, n - 1);
    reflectColumns(h, n, vector, column + 1, count, 0, n - 1);
    for (let row = column + 2; row < n; row++) h[row * n + column] = 0;
  }
}

/** The largest size among the eigenvalues of a Hessenberg matrix; null without convergence. */
function largestByQr(h: Float64Array, n: number): number | null {
  // Measured against the whole matrix: only the largest eigenvalue is wanted, and the neighbours of
  // an entry may all be rounding where the rank is low.
  let norm = 0;
  for (const entry of h) norm = Math.max(norm, Math.abs(entry));
  const negligible = Number.EPSILON * norm;
  let largest = 0;
  let last = n - 1;
  let steps = 0;
  while (last >= 0) {
    const first = startOfBlock(h, n, last, negligible);
    if (first === last) {
      largest = Math.max(largest, Math.abs(h[last * n + last] as number));
      last -= 1;
      steps = 0;
    } else if (first === last - 1) {
      largest = Math.max(largest, largestOfPair(h, n, first));
      last -= 2;
      steps = 0;
    } else {
      if (steps === MOST_STEPS) return null;
      steps++;
      francisStep(h, n, first, last, steps % CYCLE_STEPS === 0);
    }
  }
  return largest;
}

/** Where the unreduced block that ends at `last` begins; what parts it from the rest becomes zero. */
function startOfBlock(h: Float64Array, n: number, last: number, negligible: number): number {
  for (let row = last; row > 0; row--) {
    const at = row * n + row - 1;
    if (Math.abs(h[at] as number) <= negligible) {
      h[at] = 0;
      return row;
    }
  }
  return 0;
}

/** The larger size of the two eigenvalues of the block of two rows from `first`. */
function largestOfPair(h: Float64Array, n: number, first: number): number {
  const at = first * n + first;
  const a = h[at] as number;
  const b = h[at + 1] as number;
  const c = h[at + n] as number;
  const d = h[at + n + 1] as number;
  const half = (a - d) / 2;
  const discriminant = half * half + b * c;
  if (discriminant < 0) return Math.sqrt(Math.abs(a * d - b * c));
  const middle = (a + d) / 2;
  return Math.abs(middle) + Math.sqrt(discriminant);
}

/** One implicit QR step with two shifts on the block from `first` to `last`. */
function francisStep(
  h: Float64Array,
  n: number,
  first: number,
  last: number,
  exceptional: boolean,
): void {
  const corner = last * n + last;
  let trace = (h[corner - n - 1] as number) + (h[corner] as number);
  let determinant = (h[corner - n - 1] as number) * (h[corner] as number) -
    (h[corner - n] as number) * (h[corner - 1] as number);
  if (exceptional) {
    const size = Math.abs(h[corner - 1] as number) + Math.abs(h[corner - n - 2] as number);
    trace = 1.5 * size;
    determinant = size * size;
  }
  const at = first * n + first;
  const h00 = h[at] as number;
  const h10 = h[at + n] as number;
  const vector = new Float64Array(3);
  vector[0] = h00 * h00 + (h[at + 1] as number) * h10 - trace * h00 + determinant;
  vector[1] = h10 * (h00 + (h[at + n + 1] as number) - trace);
  vector[2] = h10 * (h[at + 2 * n + 1] as number);
  for (let k = first; k < last; k++) {
    const count = Math.min(3, last - k + 1);
    if (k > first) {
      for (let i = 0; i < count; i++) vector[i] = h[(k + i) * n + k - 1] as number;
    }
    if (!makeReflector(vector, count)) continue;
    reflectRows(h, n, vector, k, count, Math.max(first, k - 1), last);
    reflectColumns(h, n, vector, k, count, first, Math.min(last, k + 3));
    if (k > first) {
      for (let i = 1; i < count; i++) h[(k + i) * n + k - 1] = 0;
    }
  }
}

/**
 * Turns x into the vector v for which I − v·vᵀ maps x onto a multiple of the first unit vector;
 * false when x is zero.
 */
function makeReflector(x: Float64Array, count: number): boolean {
  let largest = 0;
  for (let k = 0; k < count; k++) largest = Math.max(largest, Math.abs(x[k] as number));
  if (largest === 0) return false;
  let squared = 0;
  for (let k = 0; k < count; k++) {
    x[k] = (x[k] as number) / largest;
    squared += (x[k] as number) ** 2;
  }
  const norm = Math.sqrt(squared);
  const leading = x[0] as number;
  const scale = Math.sqrt(norm * (norm + Math.abs(leading)));
  x[0] = leading + (leading > 0 ? norm : -norm);
  for (let k = 0; k < count; k++) x[k] = (x[k] as number) / scale;
  return true;
}

/** Rows `start` to `start + count − 1` ← (I − v·vᵀ) times themselves, in the given columns. */
function reflectRows(
  h: Float64Array,
  n: number,
  v: Float64Array,
  start: number,
  count: number,
  from: number,
  to: number,
): void {
  for (let column = from; column <= to; column++) {
    let inner = 0;
    for (let k = 0; k < count; k++) {
      inner += (v[k] as number) * (h[(start + k) * n + column] as number);
    }
    for (let k = 0; k < count; k++) {
      const at = (start + k) * n + column;
      h[at] = (h[at] as number) - inner * (v[k] as number);
    }
  }
}

/** Columns `start` to `start + count − 1` ← themselves times (I − v·vᵀ), in the given rows. */
function reflectColumns(
  h: Float64Array,
  n: number,
  v: Float64Array,
  start: number,
  count: number,
  from: number,
  to: number,
): void {
  for (let row = from; row <= to; row++) {
    const at = row * n + start;
    let inner = 0;
    for (let k = 0; k < count; k++) inner += (v[k] as number) * (h[at + k] as number);
    for (let k = 0; k < count; k++) h[at + k] = (h[at + k] as number) - inner * (v[k] as number);
  }
}
