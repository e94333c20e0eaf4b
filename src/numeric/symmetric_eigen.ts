/**
 * Eigenvalues and eigenvectors of a symmetric matrix: Householder reduction to tridiagonal form,
 * then the implicit QL method (Golub and Van Loan, "Matrix Computations", chapter 8). Every step is
 * in fixed order, so equal matrices give equal bits.
 */

/** A = Q·Λ·Qᵀ. */
export interface SymmetricEigen {
  /** Ascending. */
  readonly values: Float64Array<ArrayBuffer>;
  /** Row k is the eigenvector of `values[k]`, of length one: the matrix is Qᵀ. */
  readonly vectors: Float64Array<ArrayBuffer>;
}

/** QL takes two or three steps for an eigenvalue; far more means that it will never end. */
const MOST_STEPS = 100;

/**
 * Decomposes a symmetric matrix of `n` rows, of which only the lower triangle is read; null when an
 * entry is not finite.
 */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen | null {
  const basis = new Float64Array(n * n);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column <= row; column++) {
      const entry = matrix[row * n + column] as number;
      if (!Number.isFinite(entry)) return null;
      basis[row * n + column] = entry;
      basis[column * n + row] = entry;
    }
  }
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  const vectors = tridiagonalise(basis, n, diagonal, beside);
  if (!diagonalise(diagonal, beside, vectors, n)) return null;
  return sortAscending(diagonal, vectors, n);
}

/**
 * Reduces `a` to a tridiagonal T = H·A·Hᵀ with `diagonal` and, from position 1, `beside` it; returns
 * H. The reflectors stay in the rows of `a`, scaled so that I − v·vᵀ is the reflection.
 */
function tridiagonalise(
  a: Float64Array,
  n: number,
  diagonal: Float64Array,
  beside: Float64Array,
): Float64Array<ArrayBuffer> {
  const product = new Float64Array(n);
  for (let last = n - 1; last >= 1; last--) {
    // Clear row `last` left of the neighbour of its diagonal entry, entries 0 to last − 2.
    const start = last * n;
    const neighbour = a[start + last - 1] as number;
    let largest = 0;
    for (let k = 0; k < last - 1; k++) {
      largest = Math.max(largest, Math.abs(a[start + k] as number));
    }
    diagonal[last] = a[start + last] as number;
    if (largest === 0) {
      beside[last] = neighbour;
      a.fill(0, start, start + last);
      continue;
    }
    largest = Math.max(largest, Math.abs(neighbour));
    let squared = 0;
    for (let k = 0; k < last; k++) squared += ((a[start + k] as number) / largest) ** 2;
    const pivot = neighbour / largest;
    const norm = Math.sqrt(squared);
    const image = pivot > 0 ? -norm : norm;
    beside[last] = image * largest;
    // |x − image·e|² = 2·norm·(norm + |pivot|), and v = √2·(x − image·e) / |x − image·e|.
    const scale = Math.sqrt(norm * (norm + Math.abs(pivot)));
    for (let k = 0; k < last; k++) a[start + k] = (a[start + k] as number) / largest / scale;
    a[start + last - 1] = (pivot - image) / scale;
    reflectSymmetric(a, n, start, last, product);
  }
  if (n > 0) diagonal[0] = a[0] as number;
  return accumulateReflectors(a, n);
}

/** A ← (I − v·vᵀ)·A·(I − v·vᵀ) on the leading `size` rows, lower triangle only. */
function reflectSymmetric(
  a: Float64Array,
  n: number,
  vector: number,
  size: number,
  product: Float64Array,
): void {
  product.fill(0, 0, size);
  for (let row = 0; row < size; row++) {
    const start = row * n;
    const own = a[vector + row] as number;
    let sum = 0;
    for (let column = 0; column < row; column++) {
      const entry = a[start + column] as number;
      sum += entry * (a[vector + column] as number);
      product[column] = (product[column] as number) + entry * own;
    }
    product[row] = (product[row] as number) + sum + (a[start + row] as number) * own;
  }
  let inner = 0;
  for (let k = 0; k < size; k++) inner += (product[k] as number) * (a[vector + k] as number);
  const half = inner / 2;
  for (let k = 0; k < size; k++) {
    product[k] = (product[k] as number) - half * (a[vector + k] as number);
  }
  for (let row = 0; row < size; row++) {
    const start = row * n;
    const own = a[vector + row] as number;
    const share = product[row] as number;
    for (let column = 0; column <= row; column++) {
      a[start + column] = (a[start + column] as number) - own * (product[column] as number) -
        share * (a[vector + column] as number);
    }
  }
}

/** The product of the reflections, the one of the last row rightmost. */
function accumulateReflectors(a: Float64Array, n: number): Float64Array<ArrayBuffer> {
  const h = new Float64Array(n * n);
  for (let row = 0; row < n; row++) h[row * n + row] = 1;
  for (let last = 1; last < n; last++) {
    // H ← H·(I − v·vᵀ); so far H differs from the identity in its leading `last` rows only.
    const vector = last * n;
    for (let row = 0; row < last; row++) {
      const start = row * n;
      let sum = 0;
      for (let k = 0; k < last; k++) sum += (h[start + k] as number) * (a[vector + k] as number);
      if (sum === 0) continue;
      for (let k = 0; k < last; k++) {
        h[start + k] = (h[start + k] as number) - sum * (a[vector + k] as number);
      }
    }
  }
  return h;
}

/**
 * Implicit QL with the shift of Wilkinson on a tridiagonal matrix; `vectors` holds the transposed
 * basis, so every rotation combines two rows. False when it does not converge.
 */
function diagonalise(
  d: Float64Array,
  e: Float64Array,
  vectors: Float64Array,
  n: number,
): boolean {
  for (let k = 1; k < n; k++) e[k - 1] = e[k] as number;
  if (n > 0) e[n - 1] = 0;
  let largest = 0;
  for (let k = 0; k < n; k++) {
    largest = Math.max(largest, Math.abs(d[k] as number) + Math.abs(e[k] as number));
  }
  // Measured against the whole matrix, not the neighbours, whose size is rounding in singular ones.
  const negligible = Number.EPSILON * largest;
  for (let first = 0; first < n; first++) {
    for (let step = 0;; step++) {
      let end = first;
      while (end < n - 1 && Math.abs(e[end] as number) > negligible) end++;
      if (end === first) break;
      if (step === MOST_STEPS) return false;
      qlStep(d, e, vectors, n, first, end);
    }
  }
  return true;
}

/** One sweep of rotations from position `end` up to `first`. */
function qlStep(
  d: Float64Array,
  e: Float64Array,
  vectors: Float64Array,
  n: number,
  first: number,
  end: number,
): void {
  const dFirst = d[first] as number;
  const eFirst = e[first] as number;
  const half = ((d[first + 1] as number) - dFirst) / (2 * eFirst);
  const root = length(half, 1);
  let g = (d[end] as number) - dFirst + eFirst / (half + (half < 0 ? -root : root));
  let sine = 1;
  let cosine = 1;
  let shift = 0;
  for (let k = end - 1; k >= first; k--) {
    const f = sine * (e[k] as number);
    const b = cosine * (e[k] as number);
    const r = length(f, g);
    e[k + 1] = r;
    if (r === 0) {
      // The matrix falls into two parts here; the next sweep treats them one by one.
      d[k + 1] = (d[k + 1] as number) - shift;
      e[end] = 0;
      return;
    }
    sine = f / r;
    cosine = g / r;
    g = (d[k + 1] as number) - shift;
    const t = ((d[k] as number) - g) * sine + 2 * cosine * b;
    shift = sine * t;
    d[k + 1] = g + shift;
    g = cosine * t - b;
    const upper = k * n;
    const lower = upper + n;
    for (let column = 0; column < n; column++) {
      const below = vectors[lower + column] as number;
      const above = vectors[upper + column] as number;
      vectors[lower + column] = sine * above + cosine * below;
      vectors[upper + column] = cosine * above - sine * below;
    }
  }
  d[first] = (d[first] as number) - shift;
  e[first] = g;
  e[end] = 0;
}

/** √(a² + b²) without overflow. */
function length(a: number, b: number): number {
  const large = Math.max(Math.abs(a), Math.abs(b));
  if (large === 0) return 0;
  const ratio = Math.min(Math.abs(a), Math.abs(b)) / large;
  return large * Math.sqrt(1 + ratio * ratio);
}

function sortAscending(values: Float64Array, vectors: Float64Array, n: number): SymmetricEigen {
  const order = Array.from(values.keys());
  order.sort((left, right) => (values[left] as number) - (values[right] as number));
  const sorted: SymmetricEigen = { values: new Float64Array(n), vectors: new Float64Array(n * n) };
  for (const [to, from] of order.entries()) {
    sorted.values[to] = values[from] as number;
    sorted.vectors.set(vectors.subarray(from * n, (from + 1) * n), to * n);
  }
  return sorted;
}
