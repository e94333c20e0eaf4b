import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { checkoutCommit } from "./checkout.ts";

const HASH = "0123456789abcdef0123456789abcdef01234567";

async function commitOf(files: Record<string, string>): Promise<string | null> {
  const root = await Deno.makeTempDir({ prefix: "cobre_checkout_" });
  try {
    for (const [file, text] of Object.entries(files)) {
      Deno.mkdirSync(`${root}/${file}`.replace(/\/[^/]*$/, ""), { recursive: true });
      Deno.writeTextFileSync(`${root}/${file}`, text);
    }
    return checkoutCommit(pathToFileURL(`${root}/`));
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("the commit is found on a branch, in packed refs, and without a branch", async () => {
  const head = { ".git/HEAD": "ref: refs/heads/main\n" };
  assert.equal(await commitOf({ ...head, ".git/refs/heads/main": `${HASH}\n` }), "0123456");
  assert.equal(
    await commitOf({ ...head, ".git/packed-refs": `# pack\n${HASH} refs/heads/main\n` }),
    "0123456",
  );
  assert.equal(await commitOf({ ".git/HEAD": `${HASH}\n` }), "0123456");
});

Deno.test("without a checkout there is no commit", async () => {
  assert.equal(await commitOf({}), null);
  assert.equal(await commitOf({ ".git/HEAD": "ref: refs/heads/main\n" }), null);
  assert.equal(await commitOf({ ".git/HEAD": "nonsense" }), null);
});
