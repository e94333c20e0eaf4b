/** A reader's queue: bounded, forgetting its oldest event, or unbounded. */

/** Events between the bus and one reader, who iterates over them. */
export class EventQueue<E> implements AsyncIterableIterator<E, undefined, undefined> {
  // Taking from the front of an array moves all the rest, so the front is an index, and the read
  // part is cut off when it has become the larger half.
  #events: E[] = [];
  #front = 0;
  #dropped = 0;
  #ended = false;
  #readers: ((result: IteratorResult<E, undefined>) => void)[] = [];
  readonly #capacity: number;
  readonly #onClose: () => void;

  /** `onClose` is told when the reader leaves; a capacity of `Infinity` keeps everything. */
  constructor(capacity: number, onClose: () => void) {
    this.#capacity = capacity;
    this.#onClose = onClose;
  }

  /** Events that were forgotten because the reader was too slow. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Events that wait to be read. */
  get pending(): number {
    return this.#events.length - this.#front;
  }

  /** Adds an event: to a waiting reader at once, else to the queue. */
  push(event: E): void {
    if (this.#ended) return;
    const reader = this.#readers.shift();
    if (reader !== undefined) {
      reader({ value: event, done: false });
      return;
    }
    if (this.pending >= this.#capacity) {
      this.#advance();
      this.#dropped++;
    }
    this.#events.push(event);
  }

  /** No more events will come; the iterator ends after those that wait. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const reader of this.#readers.splice(0)) reader({ value: undefined, done: true });
  }

  /** Everything that waits, without waiting for more. */
  drain(): E[] {
    const waiting = this.#events.slice(this.#front);
    this.#clear();
    return waiting;
  }

  /** The reader leaves: what waits is forgotten and the iterator ends. */
  close(): void {
    this.#clear();
    this.end();
    this.#onClose();
  }

  next(): Promise<IteratorResult<E, undefined>> {
    if (this.pending > 0) {
      const value = this.#events[this.#front] as E;
      this.#advance();
      return Promise.resolve({ value, done: false });
    }
    if (this.#ended) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve) => this.#readers.push(resolve));
  }

  /** Called when a `for await` is left early. */
  return(): Promise<IteratorResult<E, undefined>> {
    this.close();
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #advance(): void {
    this.#front++;
    if (this.#front * 2 > this.#events.length) {
      this.#events.splice(0, this.#front);
      this.#front = 0;
    }
  }

  #clear(): void {
    this.#events = [];
    this.#front = 0;
  }
}
