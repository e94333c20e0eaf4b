/** Which commit the sources are at, when they lie in a checkout. */

/** The first seven digits of the commit; null where there is no checkout to be read. */
export function checkoutCommit(root: URL = new URL("../../", import.meta.url)): string | null {
  if (root.protocol !== "file:") return null;
  try {
    const head = Deno.readTextFileSync(new URL(".git/HEAD", root)).trim();
    const ref = /^ref: (refs\/[\w./-]+)$/.exec(head)?.[1];
    return shortHash(ref === undefined ? head : hashOf(ref, root));
  } catch {
    return null;
  }
}

function hashOf(ref: string, root: URL): string {
  try {
    return Deno.readTextFileSync(new URL(`.git/${ref}`, root)).trim();
  } catch {
    // Refs that have not changed for long stand together in one file.
    const packed = Deno.readTextFileSync(new URL(".git/packed-refs", root));
    return packed.split("\n").find((line) => line.endsWith(` ${ref}`)) ?? "";
  }
}

function shortHash(text: string): string | null {
  return /^[0-9a-f]{40}/.test(text) ? text.slice(0, 7) : null;
}
