import assert from "node:assert/strict";
import { CobreError } from "../protocol/mod.ts";
import { findSolver, openSolver } from "./find_solver.ts";
import { WASM_HIGHS_VERSION } from "./highs_wasm.ts";
import {
  libraryCandidates,
  pythonPackageFolders,
  type SearchHost,
  thisHost,
} from "./library_search.ts";
import { refuses } from "./lp_test_helpers.ts";
import type { SolverIdentity } from "./lp_solver.ts";
import { findNativeForTests } from "./native_for_tests.ts";

/** A machine with these variables and files, and nothing else. */
function host(
  variables: Record<string, string> = {},
  files: readonly string[] = [],
  os = "linux",
): SearchHost {
  return {
    os,
    env: (name) => variables[name],
    list: (folder) => {
      const inside = files.filter((file) => file.startsWith(`${folder}/`));
      return [...new Set(inside.map((file) => file.slice(folder.length + 1).split("/")[0]!))];
    },
  };
}

/** Opens only the libraries named. */
function only(...paths: readonly string[]): (path: string) => SolverIdentity {
  return (path) => {
    if (paths.includes(path)) return { kind: "native", version: "1.2.3", path };
    throw new Error("no such library");
  };
}

const venvFile = "/venv/lib/python3.11/site-packages/highspy/libhighs.so.1";

Deno.test("without any library the built-in solver is chosen, and every other has its reason", () => {
  const choice = findSolver(host(), only());
  assert.deepEqual({ ...choice, notTaken: [] }, {
    kind: "wasm",
    version: WASM_HIGHS_VERSION,
    path: null,
    origin: "built_in",
    notTaken: [],
  });
  assert.deepEqual(choice.notTaken.map(({ origin, path, reason }) => [origin, path, reason]), [
    ["COBRE_HIGHS_LIB", null, "the variable is not set"],
    ["system", "libhighs.so.1", "Error: no such library"],
    ["system", "libhighs.so", "Error: no such library"],
    ["highspy", null, "the Python package is not installed"],
    ["highsbox", null, "the Python package is not installed"],
  ]);
});

Deno.test("the order is variable, system, highspy, highsbox", () => {
  const box = "/venv/lib/python3.11/site-packages/highsbox/highs_dist/lib/libhighs.so";
  const machine = host({ VIRTUAL_ENV: "/venv" }, [box, venvFile]);
  const chosen = (...paths: string[]) => findSolver(machine, only(...paths)).origin;
  assert.equal(chosen(box), "highsbox");
  assert.equal(chosen(box, venvFile), "highspy");
  assert.equal(chosen(box, venvFile, "libhighs.so"), "system");
  const named = host({ COBRE_HIGHS_LIB: "/my/lib.so", VIRTUAL_ENV: "/venv" }, [venvFile]);
  assert.equal(findSolver(named, only("/my/lib.so", "libhighs.so.1")).path, "/my/lib.so");
});

Deno.test("a library that COBRE_HIGHS_LIB names and that cannot be used ends the search", () => {
  const machine = host({ COBRE_HIGHS_LIB: "/my/lib.so" });
  assert.throws(() => findSolver(machine, only("libhighs.so.1")), (error) => {
    assert.ok(error instanceof CobreError);
    assert.equal(error.kind, "InvalidArguments");
    assert.equal(error.context["argument"], "COBRE_HIGHS_LIB");
    assert.equal(error.context["value"], "/my/lib.so");
    assert.match(error.message, /no such library/);
    return true;
  });
});

Deno.test("COBRE_SOLVER=native without a library says what was tried", () => {
  assert.throws(() => findSolver(host({ COBRE_SOLVER: "native" }), only()), (error) => {
    assert.ok(error instanceof CobreError);
    assert.equal(error.context["argument"], "COBRE_SOLVER");
    for (const part of ["libhighs.so.1", "highspy: the Python package is not installed"]) {
      assert.ok(error.message.includes(part), error.message);
    }
    return true;
  });
});

Deno.test("COBRE_SOLVER=wasm opens no library", () => {
  const machine = host({ COBRE_SOLVER: "wasm", COBRE_HIGHS_LIB: "/my/lib.so" });
  const choice = findSolver(machine, () => assert.fail("a library was opened"));
  assert.equal(choice.kind, "wasm");
  assert.deepEqual(new Set(choice.notTaken.map(({ reason }) => reason)).size, 1);
});

Deno.test("COBRE_SOLVER takes no other word, and empty variables count as not set", () => {
  refuses("InvalidArguments", /"gurobi", wanted auto, native, wasm/, () => {
    findSolver(host({ COBRE_SOLVER: "gurobi" }), only());
  });
  assert.equal(findSolver(host({ COBRE_SOLVER: "", COBRE_HIGHS_LIB: "" }), only()).kind, "wasm");
});

Deno.test("Python's folders are found without Python, newer versions first", () => {
  const files = [
    "/users/me/.local/lib/python3.9/site-packages/x",
    "/users/me/.local/lib/python3.12/site-packages/x",
    "/users/me/.pyenv/versions/3.13.1/lib/python3.13/site-packages/x",
    "/usr/local/lib/python3.11/dist-packages/x",
    "/usr/lib/python3/dist-packages/x",
    "/venv/lib/python3.11/site-packages/x",
    "/venv/lib/pythonic/x",
  ];
  const machine = host({ VIRTUAL_ENV: "/venv", HOME: "/users/me" }, files);
  assert.deepEqual(pythonPackageFolders(machine), [
    "/venv/lib/python3.11/site-packages",
    "/users/me/.local/lib/python3.12/site-packages",
    "/users/me/.local/lib/python3.9/site-packages",
    "/users/me/.pyenv/versions/3.13.1/lib/python3.13/site-packages",
    "/usr/local/lib/python3.11/site-packages",
    "/usr/local/lib/python3.11/dist-packages",
    "/usr/lib/python3/dist-packages",
  ]);
});

Deno.test("of several names of one library the shortest is tried, and other files never", () => {
  const folder = "/venv/lib/python3.11/site-packages";
  const files = [
    `${folder}/highspy/libhighs.so.1.15.1`,
    `${folder}/highspy/libhighs.so.1`,
    `${folder}/highspy/highs.py`,
    `${folder}/highspy/_core.cpython-311-x86_64-linux-gnu.so`,
    `${folder}/highspy.libs/libhighs-1a2b3c4d.so.1.9.0`,
  ];
  const found = libraryCandidates(host({ VIRTUAL_ENV: "/venv" }, files));
  assert.deepEqual(found.filter(({ origin }) => origin !== "system").map(({ path }) => path), [
    `${folder}/highspy/libhighs.so.1`,
    `${folder}/highspy.libs/libhighs-1a2b3c4d.so.1.9.0`,
  ]);
});

Deno.test("library names follow the operating system", () => {
  const first = (os: string) => libraryCandidates(host({}, [], os))[0]!.path;
  assert.deepEqual(["linux", "darwin", "windows"].map(first), [
    "libhighs.so.1",
    "libhighs.1.dylib",
    "highs.dll",
  ]);
});

Deno.test("a file that is missing, no library, or another library is refused with the reason", async () => {
  const text = await Deno.makeTempFile();
  await Deno.writeTextFile(text, "not a library");
  const refusal = (path: string) => {
    try {
      findSolver({ ...thisHost, env: (name) => name === "COBRE_HIGHS_LIB" ? path : undefined });
    } catch (error) {
      assert.ok(error instanceof CobreError);
      return error.message;
    }
    return assert.fail(`${path} was taken`);
  };
  assert.match(
    refusal("/no/such/libhighs.so"),
    /cannot be used.*No such file|cannot be used.*not found/,
  );
  assert.match(refusal(text), /cannot be used.*(file too short|invalid ELF|not a)/);
  if (Deno.build.os === "linux") {
    assert.match(refusal("libm.so.6"), /it lacks the function Highs_\w+/);
  }
  await Deno.remove(text);
});

Deno.test("what was chosen can be opened", async () => {
  using wasm = await openSolver(findSolver(host({ COBRE_SOLVER: "wasm" })));
  assert.equal(wasm.identity.kind, "wasm");
  const path = findNativeForTests();
  if (path === null) return;
  const choice = findSolver(host({ COBRE_HIGHS_LIB: path }));
  using native = await openSolver(choice);
  assert.deepEqual(native.identity, { kind: "native", version: choice.version, path });
  assert.match(choice.version, /^\d+\.\d+\.\d+$/);
});
