/** Teams of threads: every task once, errors that do not depend on the number of threads, no hang. */
import assert from "node:assert/strict";
import { CobreError } from "../protocol/mod.ts";
import { Team } from "./team.ts";
import { type TestJob, TestKind } from "./testing/test_job.ts";

const MODULE = new URL("./testing/team_module.ts", import.meta.url);

function start(kind: number, threads: number, rounds: number) {
  const marks = new Int32Array(new SharedArrayBuffer(4 * 100 * rounds));
  const told: string[] = [];
  const team = Team.start<TestJob, string, number>({
    module: MODULE,
    threads,
    job: { kind, marks, rounds },
    onTold: (text) => told.push(text),
  });
  return { team, marks, told };
}

for (const threads of [1, 2, 3]) {
  Deno.test(`${threads} threads do every task of every round once`, async () => {
    const { team, marks, told } = start(TestKind.works, threads, 200);
    assert.equal(await team.result, 200);
    assert.ok(marks.every((count) => count === 1));
    assert.equal(told.length, 200);
    assert.equal(told.at(-1), "round 199");
  });

  Deno.test(`the first task that fails ends a team of ${threads} with its error`, async () => {
    for (let attempt = 0; attempt < 3; attempt++) {
      const { team } = start(TestKind.failsInTasks, threads, 1);
      await assert.rejects(team.result, (error: unknown) => {
        assert.ok(error instanceof CobreError);
        assert.match(error.message, /task 3 is impossible/);
        return true;
      });
    }
  });
}

Deno.test("a thread that cannot start ends the team, although the leader waits for it", async () => {
  const { team } = start(TestKind.failsToStart, 2, 1);
  await assert.rejects(team.result, /no solver here/);
});

Deno.test("a team stops when it is asked to, between rounds", async () => {
  const { team } = start(TestKind.endless, 2, 1);
  setTimeout(() => team.requestStop(), 20);
  assert.equal(await team.result, 1);
});

Deno.test("a team that is ended from outside rejects with the reason at once", async () => {
  const { team } = start(TestKind.endless, 2, 1);
  setTimeout(() => team.terminate(CobreError.of("Interrupted", "Enough", {})), 20);
  await assert.rejects(team.result, /Enough/);
});

Deno.test("a module that does not exist ends the team with WorkerFailed", async () => {
  const team = Team.start<number, never, never>({
    module: new URL("./testing/no_such_module.ts", import.meta.url),
    threads: 2,
    job: 0,
    onTold: () => {},
  });
  await assert.rejects(team.result, { kind: "WorkerFailed" });
});
