/** The one event bus: the engine emits, everybody who watches subscribes. */
import type { CobreEvent } from "../protocol/mod.ts";
import { EventQueue } from "./queue.ts";

/** How a reader wants its events. */
export interface SubscribeOptions {
  /** Events kept for a slow reader before the oldest is dropped; 1024 unless given. */
  readonly capacity?: number;
  /** Keep every event, however slow the reader: for those who write files. */
  readonly lossless?: boolean;
}

/** A reader's end of the bus, to be iterated once: `for await (const event of subscription)`. */
export interface Subscription<E = CobreEvent>
  extends AsyncIterableIterator<E, undefined, undefined> {
  /** Events that were dropped because the reader was too slow. */
  readonly dropped: number;
  /** Events that wait to be read. */
  readonly pending: number;
  /** Everything that waits, without waiting for more. */
  drain(): E[];
  /** Ends the subscription: waiting events are forgotten and the iterator ends. */
  close(): void;
}

/** Somebody who is called with each event, within `emit`. */
export type Listener<E = CobreEvent> = (event: E) => void;

const DEFAULT_CAPACITY = 1024;

/**
 * Delivers events in the order of emission. Emitting never waits for a reader and never fails
 * because of one: queues are bounded and forget their oldest event, and what a listener throws is
 * kept in `failures` and ends that listener only.
 */
export class EventBus<E extends object = CobreEvent> {
  readonly #queues = new Set<EventQueue<E>>();
  readonly #listeners = new Set<Listener<E>>();
  readonly #undelivered: E[] = [];
  readonly #failures: unknown[] = [];
  #delivering = false;
  #closed = false;

  /** What listeners have thrown; the owner of the bus decides what that means for the run. */
  get failures(): readonly unknown[] {
    return this.#failures;
  }

  /**
   * Delivers an event to everybody before it returns. What a listener emits in turn is delivered
   * after the current event has reached everybody, so all see the same order. A closed bus
   * delivers nothing.
   */
  emit(event: E): void {
    if (this.#closed) return;
    this.#undelivered.push(event);
    if (this.#delivering) return;
    this.#delivering = true;
    for (let next = this.#undelivered.shift(); next; next = this.#undelivered.shift()) {
      this.#deliver(next);
    }
    this.#delivering = false;
    if (this.#closed) this.#end();
  }

  /** A queue of what is emitted from now on. */
  subscribe(options: SubscribeOptions = {}): Subscription<E> {
    const { capacity = DEFAULT_CAPACITY, lossless = false } = options;
    const queue: EventQueue<E> = new EventQueue(
      lossless ? Infinity : Math.max(1, capacity),
      () => this.#queues.delete(queue),
    );
    if (this.#closed) queue.end();
    else this.#queues.add(queue);
    return queue;
  }

  /** Calls a listener with what is emitted from now on; returns the function that stops it. */
  listen(listener: Listener<E>): () => void {
    // Wrapped, so that the same function may listen twice and stop once.
    const own: Listener<E> = (event) => listener(event);
    if (!this.#closed) this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  /** Takes no more events; each queue's iterator ends after the events that wait in it. */
  close(): void {
    this.#closed = true;
    if (!this.#delivering) this.#end();
  }

  #deliver(event: E): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (thrown) {
        this.#listeners.delete(listener);
        this.#failures.push(thrown);
      }
    }
    for (const queue of this.#queues) queue.push(event);
  }

  #end(): void {
    this.#listeners.clear();
    for (const queue of this.#queues) queue.end();
    this.#queues.clear();
  }
}
