/**
 * Asks while bytes come whether there is still room for them: many uploads at once fill a disk that
 * had room for each of them when it began. It knows no disk.
 */

/** Bytes between two looks. */
export const LOOK_EVERY = 16 * 1024 * 1024;

export class RoomWatch {
  /** What came, until there is no room any more. */
  readonly bytes: ReadableStream<Uint8Array>;
  /** Why it ended early; null as long as there was room. */
  refusal: unknown = null;

  /** @param requireRoom rejects where there is none */
  constructor(bytes: ReadableStream<Uint8Array>, requireRoom: () => Promise<void>) {
    const reader = bytes.getReader();
    let unseen = 0;
    // Nothing is read ahead: a piece is good until the next is asked for.
    this.bytes = new ReadableStream({
      pull: async (controller) => {
        if (unseen >= LOOK_EVERY) {
          unseen = 0;
          await requireRoom().catch((error) => void (this.refusal = error));
        }
        const { value, done } = this.refusal === null
          ? await reader.read()
          : { value: undefined, done: true };
        if (done || value === undefined) {
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
