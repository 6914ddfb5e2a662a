/** How many requests are being answered, and when there is none. It knows nothing else of them. */

/** An upgrade ends its request before the answer to it is on its way; in milliseconds. */
const QUIET = 20;

export class RequestsInProgress {
  #count = 0;
  #changed = Promise.withResolvers<void>();

  /** @param completed settles when the answer has been sent, or cannot be */
  add(completed: Promise<void>): void {
    this.#count += 1;
    const end = () => {
      this.#count -= 1;
      this.#changed.resolve();
      this.#changed = Promise.withResolvers();
    };
    completed.then(end, end);
  }

  /** Resolves when none is in progress, or after that many milliseconds. */
  async none(atMost: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let late = false;
    const deadline = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        late = true;
        resolve();
      }, atMost);
    });
    do {
      while (this.#count > 0 && !late) await Promise.race([this.#changed.promise, deadline]);
      await new Promise((resolve) => setTimeout(resolve, QUIET));
    } while (this.#count > 0 && !late);
    clearTimeout(timer);
  }
}
