/** A part of an open file as a stream, read as it is asked for. It knows no blobs. */

/** Bytes read at a time. */
const CHUNK = 64 * 1024;

/**
 * From one byte to another, both included; closes the file at its end, or when nobody wants more.
 */
export async function partOf(
  file: Deno.FsFile,
  from: number,
  to: number,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  await file.seek(from, Deno.SeekMode.Start);
  let left = to - from + 1;
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      try {
        const chunk = new Uint8Array(Math.min(CHUNK, Math.max(0, left)));
        const read = chunk.byteLength === 0 ? null : await file.read(chunk);
        if (read === null || read === 0) {
          file.close();
          return controller.close();
        }
        left -= read;
        controller.enqueue(chunk.subarray(0, read));
      } catch (error) {
        file.close();
        throw error;
      }
    },
    cancel: () => file.close(),
  }, { highWaterMark: 0 });
}
