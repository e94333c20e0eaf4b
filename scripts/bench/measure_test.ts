import assert from "node:assert/strict";
import {
  findMeter,
  interleave,
  type Measurement,
  median,
  type Meter,
  summarise,
  type Variant,
  watchWithProc,
} from "./measure.ts";

/** A program that computes for about 0.4 s and touches 64 MiB before it ends. */
const BUSY: Variant = {
  label: "busy",
  command: Deno.execPath(),
  args: [
    "eval",
    "const a = new Uint8Array(64 * 2 ** 20).fill(1); const end = performance.now() + 400;" +
    " while (performance.now() < end); console.log(a.length);",
  ],
};
const IDLE: Variant = {
  label: "idle",
  command: Deno.execPath(),
  args: ["eval", "await new Promise((resolve) => setTimeout(resolve, 400));"],
};

async function checkMeter(meter: Meter): Promise<void> {
  const busy = await meter(BUSY);
  const idle = await meter(IDLE);
  assert.equal(busy.stdout.trim(), String(64 * 2 ** 20));
  assert.ok(busy.wall_s > 0.4 && idle.wall_s > 0.4, `${busy.wall_s} and ${idle.wall_s}`);
  // Far below 0.4 s, since the processor may be shared with other tests.
  assert.ok(busy.cpu_s > 0.1, `the busy program used ${busy.cpu_s} s`);
  assert.ok(busy.cpu_s > idle.cpu_s, `${busy.cpu_s} against ${idle.cpu_s}`);
  const difference = busy.peak_rss_mib - idle.peak_rss_mib;
  assert.ok(difference > 48 && difference < 96, `${difference} MiB for 64 MiB touched`);
}

Deno.test("the meter of this machine tells busy from idle and sees the memory touched", async () => {
  await checkMeter(await findMeter());
});

Deno.test({
  name: "watching a process from outside tells the same",
  ignore: Deno.build.os !== "linux",
  fn: () => checkMeter(watchWithProc),
});

Deno.test("a program that fails is an error with its message", async () => {
  const failing: Variant = {
    label: "failing",
    command: Deno.execPath(),
    args: ["eval", "console.error('no such case'); Deno.exit(3);"],
  };
  const meter = await findMeter();
  await assert.rejects(meter(failing), /failing ended with 3:\nno such case/);
});

Deno.test("variants take turns, the first turn is not counted, every other goes backwards", async () => {
  const calls: string[] = [];
  const fake = (wall_s: number): Measurement => ({ wall_s, cpu_s: 0, peak_rss_mib: 0, stdout: "" });
  const meter: Meter = ({ label }) => {
    calls.push(label);
    return Promise.resolve(fake(calls.length));
  };
  const variant = (label: string): Variant => ({
    label,
    command: "",
    args: [],
    prepare: () => void calls.push(`prepare ${label}`),
  });
  const results = await interleave([variant("a"), variant("b")], 2, meter);
  assert.deepEqual(calls.filter((call) => call.length === 1), ["a", "b", "b", "a", "a", "b"]);
  assert.equal(calls[0], "prepare a");
  assert.equal(results.get("a")!.length, 2);
  assert.equal(results.get("b")!.length, 2);
});

Deno.test("a summary holds the middle of times and the highest of memory", () => {
  const runs = [[3, 1, 10], [1, 2, 30], [2, 9, 20]].map(([wall_s, cpu_s, peak_rss_mib]) => ({
    wall_s: wall_s!,
    cpu_s: cpu_s!,
    peak_rss_mib: peak_rss_mib!,
    stdout: "",
  }));
  assert.deepEqual(summarise("a", runs), {
    label: "a",
    runs: 3,
    wall_s: { min: 1, median: 2, max: 3 },
    cpu_s: { median: 2 },
    peak_rss_mib: { max: 30 },
  });
});

Deno.test("the median of an even number of values is the mean of the middle two", () => {
  assert.equal(median([4, 1, 3, 2]), 2.5);
});
