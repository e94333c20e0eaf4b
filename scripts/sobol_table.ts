/**
 * Writes `src/stochastic/sobol_table.ts` from the published direction numbers.
 *
 *     deno run -A scripts/sobol_table.ts FILE
 *
 * FILE is the table `new-joe-kuo-6.21201` of Joe and Kuo: one line per dimension with the columns
 * d, s, a and m₁ … m_s. The npm package `sobol` carries it as `dims21201.txt`. The test beside the
 * written file compares its numbers with the checksum of the published lines.
 */
// deno-lint-ignore-file no-console -- a script talks to the person who runs it

const DIMENSIONS = 2048;
const LINE_WIDTH = 98;

/** Bits in the order in which they are read again, the most significant of a number first. */
class BitWriter {
  readonly #bits: number[] = [];

  write(value: number, width: number): void {
    for (let bit = width - 1; bit >= 0; bit--) this.#bits.push((value >>> bit) & 1);
  }

  base64(): string {
    const bytes = new Uint8Array(Math.ceil(this.#bits.length / 8));
    this.#bits.forEach((bit, index) => bytes[index >>> 3]! |= bit << (7 - (index & 7)));
    return bytes.toBase64();
  }
}

function main([path]: readonly string[]): number {
  if (path === undefined) {
    console.error("Name the file with the direction numbers");
    return 1;
  }
  const writer = new BitWriter();
  const lines = Deno.readTextFileSync(path).split("\n").slice(1, DIMENSIONS);
  lines.forEach((line, index) => {
    const [dimension, degree, polynomial, ...initial] = line.trim().split(/\s+/).map(Number);
    if (dimension !== index + 2 || degree !== initial.length) {
      throw new Error(`Line ${index + 2} is not that of dimension ${index + 2}: ${line}`);
    }
    writer.write(degree, 5);
    writer.write(polynomial!, degree - 1);
    // Numbers are odd, so their last bit is known.
    initial.forEach((value, i) => writer.write(value >>> 1, i));
  });
  const text = writer.base64().match(new RegExp(`.{1,${LINE_WIDTH}}`, "g"))!.join("\n");
  Deno.writeTextFileSync(
    `${import.meta.dirname}/../src/stochastic/sobol_table.ts`,
    `/**
 * Polynomials and initial direction numbers of Sobol sequences for dimensions 2 to ${DIMENSIONS}: the
 * beginning of the table new-joe-kuo-6.21201 of Joe and Kuo ("Constructing Sobol Sequences with
 * Better Two-Dimensional Projections", 2008); NOTICE holds their licence. Written by
 * \`scripts/sobol_table.ts\`, read by \`sobol.ts\`.
 */

/** Dimensions of the table; the first needs no numbers. */
export const SOBOL_DIMENSIONS = ${DIMENSIONS};

/**
 * For each dimension from the second: the degree s in 5 bits, the inner coefficients of the
 * polynomial in s − 1 bits, and the numbers m₁ to m_s without their last bit, which is 1, m_i in
 * i − 1 bits. Base64 of the bits, most significant first.
 */
export const SOBOL_TABLE = \`
${text}
\`;
`,
  );
  return 0;
}

if (import.meta.main) Deno.exit(main(Deno.args));
