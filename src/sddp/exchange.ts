/**
 * What ranks tell each other in training. Everything is gathered in the order of the trajectories, so
 * that sums and cuts are the same for any number of ranks. A single rank has nothing to exchange.
 */
import { type Communicator, type MessageArray, rankShare, type Share } from "../comm/mod.ts";
import type { CutPool } from "./cut_pool.ts";
import { cutCount } from "./cut_pool.ts";
import type { TrainingMemory } from "./training_memory.ts";

/** The exchanges of one rank. */
export class Exchange {
  readonly comm: Communicator;
  /** The trajectories of this rank. */
  readonly share: Share;
  readonly #shares: readonly Share[];

  constructor(comm: Communicator, passes: number) {
    this.comm = comm;
    this.#shares = Array.from(
      { length: comm.size },
      (_, rank) => rankShare(passes, rank, comm.size),
    );
    this.share = this.#shares[comm.rank]!;
  }

  /** Completes what the forward pass left: costs, states and drawn openings. */
  trajectories({ costs, firstObjectives, states, openings }: TrainingMemory): void {
    this.#rows(costs);
    this.#rows(firstObjectives);
    for (const stage of states) this.#rows(stage);
    this.#rows(openings);
  }

  /** Completes the cuts that follow the filled slots of a pool, `perTrajectory` each. */
  cuts({ rows, ...pool }: CutPool, perTrajectory: number): void {
    if (this.comm.size === 1) return;
    const from = cutCount({ rows, ...pool });
    const { slots } = rows;
    const shared: [MessageArray, number][] = [
      [rows.intercept, 1],
      [rows.coefficients, slots],
      [rows.future, 1],
      [rows.active, 1],
      [pool.iteration, 1],
      [pool.trajectory, 1],
      [pool.lastActive, 1],
    ];
    for (const [all, width] of shared) this.#gather(all, from * width, perTrajectory * width);
  }

  /**
   * Adds up how often cuts were binding: each rank has counted from what all knew before, `before`,
   * and everybody knows the same afterwards.
   */
  activity({ activeCount, lastActive, ...pool }: CutPool, before: Int32Array): void {
    if (this.comm.size === 1) return;
    const count = cutCount({ activeCount, lastActive, ...pool });
    const added = activeCount.slice(0, count);
    for (let cut = 0; cut < count; cut++) added[cut]! -= before[cut]!;
    this.comm.allreduce(added, "sum");
    for (let cut = 0; cut < count; cut++) activeCount[cut] = before[cut]! + added[cut]!;
    const last = lastActive.slice(0, count);
    this.comm.allreduce(last, "max");
    lastActive.set(last);
  }

  /** Completes an array of equally many values per trajectory. */
  #rows(all: MessageArray): void {
    if (this.comm.size === 1) return;
    const { first, count } = this.#shares.at(-1)!;
    this.#gather(all, 0, all.length / (first + count));
  }

  #gather(all: MessageArray, from: number, width: number): void {
    const last = this.#shares.at(-1)!;
    const total = (last.first + last.count) * width;
    const { first, count } = this.share;
    const own = all.slice(from + first * width, from + (first + count) * width);
    const counts = Int32Array.from(this.#shares, (share) => share.count * width);
    this.comm.allgatherv(own, all.subarray(from, from + total), counts);
  }
}
