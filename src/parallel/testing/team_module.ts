/** A module for teams in tests: each task writes who did it, some fail. */
import { joinTeam } from "../join_team.ts";
import { type TestJob, TestKind } from "./test_job.ts";

joinTeam<TestJob, string, number>(({ kind, marks, rounds }, thread, threads, tell) => {
  if (kind === TestKind.failsToStart && thread === threads - 1) {
    throw new Error("no solver here");
  }
  return Promise.resolve({
    runTask: (task, [round]) => {
      if (kind === TestKind.failsInTasks && task >= 3) {
        throw new Error(`task ${task} is impossible`);
      }
      // Enough work that all threads take part.
      for (let turn = 0; turn < 1000; turn++) Math.sqrt(turn);
      Atomics.add(marks, round! * 100 + task, 1);
    },
    lead: (team) => {
      for (let round = 0; round < rounds; round++) {
        team.run(100, round);
        if (team.stopRequest() > 0) return round + 1;
        tell(`round ${round}`);
        if (kind === TestKind.endless && round === rounds - 1) round--;
      }
      return rounds;
    },
    close: () => {},
  });
});
