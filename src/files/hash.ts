/** SHA-256 of files and of JSON values, written as `sha256:<hex>`. */
import { createHash } from "node:crypto";
import { unreadable } from "./input_bytes.ts";

/** A hash as it appears in manifests. */
export type Sha256 = `sha256:${string}`;

/** Hash of text (as UTF-8) or bytes. */
export function hashBytes(data: string | Uint8Array): Sha256 {
  return `sha256:${createHash("sha256").update(data).digest("hex")}`;
}

/** Hash of a file's bytes, read piece by piece; `file` is its name in records. */
export async function hashFile(path: string, file: string): Promise<Sha256> {
  const hash = createHash("sha256");
  try {
    using handle = await Deno.open(path);
    const piece = new Uint8Array(1 << 18);
    for (;;) {
      const count = await handle.read(piece);
      if (count === null) break;
      hash.update(piece.subarray(0, count));
    }
  } catch (thrown) {
    throw unreadable(file, thrown);
  }
  return `sha256:${hash.digest("hex")}`;
}

/** Hash of the canonical text of a JSON value: the order of keys does not matter. */
export function hashJson(value: unknown): Sha256 {
  return hashBytes(canonicalJson(value));
}

/**
 * JSON text without white space and with the keys of every object in the order of their UTF-16
 * units, as in RFC 8785. A member that is undefined is left out; a number that is not finite, which
 * JSON cannot say, becomes null.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map((item) => canonicalJson(item ?? null)).join(",")}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members = Object.entries(value)
    .filter(([, held]) => held !== undefined)
    .sort(([a], [b]) => a < b ? -1 : 1)
    .map(([key, held]) => `${JSON.stringify(key)}:${canonicalJson(held)}`);
  return `{${members.join(",")}}`;
}
