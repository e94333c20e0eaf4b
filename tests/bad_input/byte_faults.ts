/** Faults of a file as bytes, whatever it holds. */
import fc from "fast-check";
import { Fault } from "./fault.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const anywhere = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
/** A place as a share of the length; late ones more often, for all of a table hangs on its footer. */
const place = fc.oneof(anywhere, anywhere.map((share) => 1 - (1 - share) ** 4));

/** Any fault of bytes. */
export const byteFaults: fc.Arbitrary<Fault<Bytes>> = fc.oneof(
  place.map((share) =>
    new Fault<Bytes>(`cut at ${share}`, (bytes) => bytes.slice(0, Math.floor(share * bytes.length)))
  ),
  fc.array(fc.tuple(place, fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 }).map(
    (flips) =>
      new Fault<Bytes>(`flip ${JSON.stringify(flips)}`, (bytes) => {
        const copy = bytes.slice();
        for (const [share, mask] of flips) copy[Math.floor(share * copy.length)]! ^= mask;
        return copy;
      }),
  ),
  fc.tuple(place, fc.uint8Array({ minLength: 1, maxLength: 12 })).map(([share, inserted]) =>
    spliced(`insert ${inserted}`, share, 0, inserted)
  ),
  fc.tuple(place, fc.integer({ min: 1, max: 64 })).map(([share, count]) =>
    spliced(`remove ${count}`, share, count, new Uint8Array(0))
  ),
  fc.tuple(place, fc.integer({ min: 1, max: 200 })).map(([share, count]) =>
    spliced(`${count} zeros`, share, count, new Uint8Array(count))
  ),
  fc.constant(new Fault<Bytes>("empty", () => new Uint8Array(0))),
  fc.constant(new Fault<Bytes>("twice", (bytes) => Uint8Array.of(...bytes, ...bytes))),
  fc.uint8Array({ maxLength: 64 }).map((content) =>
    new Fault<Bytes>(`only ${content}`, () => content.slice())
  ),
);

function spliced(name: string, share: number, removed: number, inserted: Uint8Array): Fault<Bytes> {
  return new Fault(`${name} at ${share}`, (bytes) => {
    const at = Math.floor(share * bytes.length);
    const rest = bytes.subarray(Math.min(at + removed, bytes.length));
    const joined = new Uint8Array(at + inserted.length + rest.length);
    joined.set(bytes.subarray(0, at));
    joined.set(inserted, at);
    joined.set(rest, at + inserted.length);
    return joined;
  });
}
