/** What `cobre run` shows. */
import assert from "node:assert/strict";
import { LineSchema } from "../../src/protocol/schemas.ts";
import { cobreInProcess } from "../cli/in_process.ts";
import { inNewFolder } from "../cli/cobre.ts";
import { type Json, withCase } from "../support/case_files.ts";
import { smallStudy, unsolvableStudy } from "./study.ts";

function linesOf(stdout: string): Json[] {
  return stdout.trimEnd().split("\n").map((line) => {
    const value = JSON.parse(line);
    LineSchema.parse(value);
    assert.ok(line.startsWith('{"type":'));
    return value;
  });
}

Deno.test("people see a header, a line for each iteration, the end and where the results are", async () => {
  await withCase(smallStudy(3, 2), async (directory) => {
    const { code, stdout, stderr } = await cobreInProcess(["run", directory, "--threads", "2"]);
    assert.deepEqual([code, stderr], [0, ""]);
    const lines = stdout.split("\n");
    assert.match(lines[0]!, /^═+$/);
    assert.equal(lines[1], "Cobre SDDP Training");
    assert.equal(lines[2], `Case: ${directory}`);
    assert.equal(lines[4], "Ranks: 1 | Threads/rank: 2 | Stages: 12 | Hydros: 3");
    const iterations = lines.filter((line) => line.startsWith("Iter "));
    assert.equal(iterations.length, 3);
    for (const line of iterations) {
      assert.match(
        line,
        /^Iter +\d+ \| LB: \d\.\d{5}e\+\d+ \| UB: \d\.\d{5}e\+\d+ ± \d\.\d\de\+\d+ \| Gap: -?\d+\.\d\d%$/,
      );
    }
    assert.ok(lines.includes("ITERATION_LIMIT after 3 iterations (iteration 3 of 3)"));
    assert.ok(lines.includes("Total cuts: 66 | Cuts/stage: ~6"));
    assert.match(stdout, /^Simulation complete in .* \(4 scenarios\)\nMean cost: /m);
    assert.equal(lines.at(-2), `Results: ${directory}/output`);
  });
});

Deno.test("without progress there are no iterations, and quiet leaves nothing", async () => {
  await withCase(smallStudy(2, 1), async (directory) => {
    const calm = await cobreInProcess(["run", directory, "--no-progress"]);
    assert.doesNotMatch(calm.stdout, /^Iter/m);
    assert.match(calm.stdout, /^ITERATION_LIMIT/m);
    for (const format of ["human", "json", "json-lines"]) {
      const args = ["run", directory, "--quiet", "--output-format", format];
      assert.deepEqual(await cobreInProcess(args), { code: 0, stdout: "", stderr: "" });
    }
  });
});

Deno.test("programs get started, progress of both phases, terminated and result, in this order", async () => {
  await withCase(smallStudy(3, 1), async (directory) => {
    const args = ["run", directory, "--output-format", "json-lines"];
    const { code, stdout, stderr } = await cobreInProcess(args);
    assert.deepEqual([code, stderr], [0, ""]);
    const lines = linesOf(stdout);
    assert.deepEqual(lines.map(({ type, phase = "training" }) => `${type} ${phase}`), [
      "started training",
      ...Array.from({ length: 3 }, () => "progress training"),
      ...Array.from({ length: 4 }, () => "progress simulation"),
      "terminated training",
      "result training",
    ]);
    assert.equal(lines[0].case, directory);
    assert.deepEqual(lines.slice(1, 4).map(({ iteration }) => iteration), [1, 2, 3]);
    const [terminated, result] = lines.slice(-2);
    assert.equal(terminated.final_lb, lines[3].lower_bound);
    assert.equal(result.data.training.final_lower_bound, terminated.final_lb);
    assert.deepEqual(result.summary.status, "completed");
    const calm = await cobreInProcess([...args, "--no-progress"]);
    assert.deepEqual(linesOf(calm.stdout).map(({ type }) => type), [
      "started",
      "terminated",
      "result",
    ]);
  });
});

Deno.test("a failed training ends its stream with the reason error", async () => {
  await withCase(unsolvableStudy(), async (directory) => {
    const args = ["run", directory, "--output-format", "json-lines"];
    const { code, stdout } = await cobreInProcess(args);
    assert.equal(code, 4);
    const lines = linesOf(stdout);
    assert.deepEqual(lines.map(({ type }) => type), ["started", "terminated", "result"]);
    assert.equal(lines[1].reason, "error");
    assert.equal(lines[1].final_lb, null);
    assert.equal(lines[2].errors[0].kind, "SolverFailure");
    assert.equal(lines[2].summary.status, "partial");
  });
});

Deno.test("a bar for the simulation is drawn on terminals only", async () => {
  await withCase(smallStudy(1, 1), async (directory) => {
    const seen = await cobreInProcess(["run", directory], {}, true);
    assert.match(seen.stderr, /\r\[#+\] 4\/4 scenarios\r/);
    assert.ok(seen.stderr.endsWith("\r\x1b[K"), "the bar is wiped away");
    const calm = await cobreInProcess(["run", directory, "--no-progress"], {}, true);
    assert.equal(calm.stderr, "");
  });
});

Deno.test("threads come from the flag, then from the environment, and are 1 otherwise", async () => {
  await withCase(smallStudy(1, 1), async (directory) => {
    const threadsOf = async (
      flags: readonly string[],
      env: Record<string, string> = {},
    ): Promise<number> => {
      const args = ["run", directory, "--output-format=json-lines", ...flags];
      const { stdout } = await cobreInProcess(args, env);
      return linesOf(stdout)[0].threads_per_rank;
    };
    assert.equal(await threadsOf([]), 1);
    assert.equal(await threadsOf([], { SLURM_CPUS_PER_TASK: "3", OMP_NUM_THREADS: "2" }), 3);
    assert.equal(await threadsOf([], { COBRE_THREADS: "2", SLURM_CPUS_PER_TASK: "3" }), 2);
    assert.equal(await threadsOf([], { COBRE_THREADS: "many" }), 1);
    assert.equal(await threadsOf(["--threads", "2"], { COBRE_THREADS: "3" }), 2);
    for (const value of ["0", "-1", "two", "1.5"]) {
      const { code } = await cobreInProcess(["run", directory, `--threads=${value}`]);
      assert.equal(code, 1, value);
    }
  });
});

Deno.test("results go where --output says", async () => {
  await withCase(smallStudy(1, 1), (directory) =>
    inNewFolder(async (folder) => {
      const output = `${folder}/some/where`;
      const { stdout } = await cobreInProcess([
        "run",
        directory,
        `--output=${output}`,
        "--output-format=json",
      ]);
      assert.equal(JSON.parse(stdout).data.output_directory, output);
      await Deno.stat(`${output}/training/convergence.parquet`);
      await assert.rejects(Deno.stat(`${directory}/output`));
    }));
});

Deno.test("problems are solved again when asked, and the difference is told", async () => {
  await withCase(smallStudy(3, 2), async (directory) => {
    const args = ["run", directory, "--check-cold", "20"];
    const { code, stdout } = await cobreInProcess([...args, "--output-format", "json"]);
    assert.equal(code, 0);
    const { cold_check } = JSON.parse(stdout).data;
    assert.equal(cold_check.problems, 20);
    assert.ok(cold_check.largest_difference < 2e-8);
    const people = await cobreInProcess(args);
    assert.match(
      people.stdout,
      /^Cold check: 20 problems solved again, largest relative difference/m,
    );
  });
});
