/**
 * Order of table rows by several integer columns. Keys are columns of equal length, the most
 * significant first; a column that may hold nulls encodes them as a value of its own by the caller.
 */

/** Two rows with the same key, `first` standing before `second` in the table. */
export interface DuplicateRows {
  readonly first: number;
  readonly second: number;
}

/** Columns packed side by side into one unsigned 32-bit word per row. */
interface KeyWord {
  readonly fields: readonly { readonly key: Int32Array; readonly least: number; shift: number }[];
  readonly bits: number;
}

const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/** Whether rows stand in ascending order of the keys; rows with equal keys may follow each other. */
export function isSortedByKeys(keys: readonly Int32Array[]): boolean {
  const rows = keys[0]?.length ?? 0;
  for (let row = 1; row < rows; row++) {
    if (compareRows(keys, row - 1, row) > 0) return false;
  }
  return true;
}

/**
 * The row numbers in ascending order of the keys, rows with equal keys in table order; null when the
 * table is already in order, which costs one pass and no memory.
 *
 * Radix sort from the last digit. Columns are first reduced to the bits that their range needs and
 * packed, so three usual key columns (entity, stage, scenario) become one word and need three
 * passes; word and row number move together, so every read is sequential.
 */
export function sortPermutation(keys: readonly Int32Array[]): Uint32Array<ArrayBuffer> | null {
  if (isSortedByKeys(keys)) return null;
  const rows = keys[0]?.length ?? 0;
  let order = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) order[row] = row;
  let orderSpare = new Uint32Array(rows);
  let words = new Uint32Array(rows);
  let wordsSpare = new Uint32Array(rows);
  const counts = new Uint32Array(DIGITS);

  for (const word of packKeys(keys).reverse()) {
    fillWords(word, order, words);
    for (let shift = 0; shift < word.bits; shift += DIGIT_BITS) {
      countDigits(words, shift, counts);
      scatter(words, order, wordsSpare, orderSpare, shift, counts);
      [words, wordsSpare] = [wordsSpare, words];
      [order, orderSpare] = [orderSpare, order];
    }
  }
  return order;
}

/**
 * The first key, in ascending order, that two rows share, or null when all keys differ. `order` is
 * what {@link sortPermutation} returned for the same keys.
 */
export function firstDuplicateKey(
  keys: readonly Int32Array[],
  order: Uint32Array | null,
): DuplicateRows | null {
  const rows = keys[0]?.length ?? 0;
  for (let position = 1; position < rows; position++) {
    const first = order === null ? position - 1 : order[position - 1] as number;
    const second = order === null ? position : order[position] as number;
    if (compareRows(keys, first, second) === 0) return { first, second };
  }
  return null;
}

function compareRows(keys: readonly Int32Array[], left: number, right: number): number {
  for (let k = 0; k < keys.length; k++) {
    const key = keys[k] as Int32Array;
    const a = key[left] as number;
    const b = key[right] as number;
    if (a !== b) return a < b ? -1 : 1;
  }
  return 0;
}

/** Groups neighbouring columns into as few words as their ranges allow, most significant first. */
function packKeys(keys: readonly Int32Array[]): KeyWord[] {
  const packed: KeyWord[] = [];
  let fields: { key: Int32Array; least: number; shift: number }[] = [];
  let bits = 0;
  for (const key of keys) {
    let least = 2_147_483_647;
    let most = -2_147_483_648;
    for (let row = 0; row < key.length; row++) {
      const value = key[row] as number;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    if (least === most) continue;
    const width = 32 - Math.clz32(most - least);
    if (bits + width > 32) {
      packed.push({ fields, bits });
      fields = [];
      bits = 0;
    }
    for (const field of fields) field.shift += width;
    fields.push({ key, least, shift: 0 });
    bits += width;
  }
  packed.push({ fields, bits });
  return packed;
}

function fillWords(word: KeyWord, order: Uint32Array, words: Uint32Array): void {
  words.fill(0);
  for (const { key, least, shift } of word.fields) {
    for (let position = 0; position < words.length; position++) {
      const offset = (key[order[position] as number] as number) - least;
      words[position] = (words[position] as number) | (offset << shift);
    }
  }
}

/** Leaves in `counts` the position at which the first row with each digit goes. */
function countDigits(words: Uint32Array, shift: number, counts: Uint32Array): void {
  counts.fill(0);
  for (let position = 0; position < words.length; position++) {
    const digit = ((words[position] as number) >>> shift) & (DIGITS - 1);
    counts[digit] = (counts[digit] as number) + 1;
  }
  let start = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const count = counts[digit] as number;
    counts[digit] = start;
    start += count;
  }
}

function scatter(
  words: Uint32Array,
  order: Uint32Array,
  wordsOut: Uint32Array,
  orderOut: Uint32Array,
  shift: number,
  starts: Uint32Array,
): void {
  for (let position = 0; position < words.length; position++) {
    const word = words[position] as number;
    const digit = (word >>> shift) & (DIGITS - 1);
    const target = starts[digit] as number;
    starts[digit] = target + 1;
    wordsOut[target] = word;
    orderOut[target] = order[position] as number;
  }
}
