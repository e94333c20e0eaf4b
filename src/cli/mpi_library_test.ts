import assert from "node:assert/strict";
import { findMpiLibrary } from "./mpi_library.ts";

Deno.test("an MPI library is found by name in the folders of LD_LIBRARY_PATH", async () => {
  const folder = await Deno.makeTempDir({ prefix: "cobre_mpi_" });
  try {
    const env = (name: string) => name === "LD_LIBRARY_PATH" ? `/no/such:${folder}` : undefined;
    assert.notEqual(findMpiLibrary(env), `${folder}/libmpi.so.40`);
    Deno.writeTextFileSync(`${folder}/libmpi.so.40`, "");
    assert.equal(findMpiLibrary(env), `${folder}/libmpi.so.40`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
