/**
 * Asks while bytes come whether there is still room for them: many uploads at once fill a disk that
 * had room for each of them when it began, and a form says only at its end how long it is. It knows
 * no disk, and no limit.
 */

/** Bytes between two looks. */
export const LOOK_EVERY = 16 * 1024 * 1024;

export class RoomWatch {
  /** What came, until there is no room any more. */
  readonly bytes: ReadableStream<Uint8Array>;
  /** Why it ended early; null as long as there was room. */
  refusal: unknown = null;

  /**
   * @param requireRoom rejects where there is none
   * @param claim asked before a piece is handed on, with the bytes that have come with it; null where
   * there is nothing to wait for, rejects where it must not be handed on
   */
  constructor(
    bytes: ReadableStream<Uint8Array>,
    requireRoom: () => Promise<void>,
    claim: (length: number) => Promise<void> | null = () => null,
  ) {
    const reader = bytes.getReader();
    let [unseen, length] = [0, 0];
    const refuse = (error: unknown) => void (this.refusal = error);
    // Nothing is read ahead: a piece is good until the next is asked for.
    this.bytes = new ReadableStream({
      pull: async (controller) => {
        if (unseen >= LOOK_EVERY) {
          unseen = 0;
          await requireRoom().catch(refuse);
        }
        const { value, done } = this.refusal === null
          ? await reader.read()
          : { value: undefined, done: true };
        if (value !== undefined) await claim(length += value.byteLength)?.catch(refuse);
        if (done || value === undefined || this.refusal !== null) {
          controller.close();
          if (this.refusal !== null) await reader.cancel();
        } else {
          unseen += value.byteLength;
          controller.enqueue(value);
        }
      },
      cancel: (reason) => reader.cancel(reason),
    }, { highWaterMark: 0 });
  }
}
