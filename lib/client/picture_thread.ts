/**
 * The thread that makes pictures smaller: begun with the first picture, ended when there has been none
 * for a while. Without one, the page does the same itself. It must not know what becomes of them.
 */
import type { PictureSize } from "./file_ground.ts";
import type { PictureAsked, PictureTold } from "./picture_worker.ts";
import { measurePicture } from "./smaller_pictures.ts";

/** It keeps some memory while it is there (ms). */
const IDLE = 20_000;
/** A picture that takes longer is sent as it is (ms). */
const PATIENCE = 30_000;

export class PictureThread {
  #worker: Worker | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #asked = new Map<number, (size: PictureSize | null | "failed") => void>();
  #count = 0;

  /** Null: this browser cannot read it. Never rejects. */
  async measure(bytes: Blob): Promise<PictureSize | null> {
    const size = await this.#ask(bytes);
    return size === "failed" ? await measurePicture(bytes) : size;
  }

  #ask(bytes: Blob): Promise<PictureSize | null | "failed"> {
    const worker = this.#begin();
    if (worker === null) return Promise.resolve("failed");
    const id = ++this.#count;
    return new Promise((resolve) => {
      clearTimeout(this.#timer);
      this.#asked.set(id, resolve);
      const asked: PictureAsked = { id, bytes };
      worker.postMessage(asked);
      this.#timer = setTimeout(() => this.#end(null), PATIENCE);
    });
  }

  /** Null: the browser forbids it, or has none. */
  #begin(): Worker | null {
    if (this.#worker !== null) return this.#worker;
    try {
      // The bundler looks for these very words.
      this.#worker = new Worker(new URL("./picture_worker.ts", import.meta.url), {
        type: "module",
      });
    } catch {
      return null;
    }
    this.#worker.onmessage = ({ data }: MessageEvent<PictureTold>) => {
      this.#asked.get(data.id)?.(data.size);
      this.#asked.delete(data.id);
      clearTimeout(this.#timer);
      if (this.#asked.size === 0) this.#timer = setTimeout(() => this.#end(null), IDLE);
    };
    this.#worker.onerror = () => this.#end("failed");
    return this.#worker;
  }

  #end(answer: null | "failed"): void {
    this.#worker?.terminate();
    this.#worker = null;
    for (const resolve of this.#asked.values()) resolve(answer);
    this.#asked.clear();
  }
}
