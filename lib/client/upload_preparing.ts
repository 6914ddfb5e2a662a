/** Learns of a file what can be known here, and makes a picture smaller, before it is sent. */
import type { FileGround } from "./file_ground.ts";
import { measured } from "./upload_item.ts";
import type { Items } from "./upload_items.ts";

export class Preparing {
  readonly #items: Items;
  readonly #ground: FileGround;
  /** One picture after the other: each takes much memory for a moment. */
  #last: Promise<boolean> = Promise.resolve(true);

  constructor(items: Items, ground: FileGround) {
    this.#items = items;
    this.#ground = ground;
  }

  /** False: its bytes are not here. Never rejects. */
  prepare(local: string): Promise<boolean> {
    return this.#last = this.#last.then(() => this.#prepare(local));
  }

  async #prepare(local: string): Promise<boolean> {
    const item = this.#items.get(local);
    // It was taken out meanwhile.
    if (item === undefined || item.kept.isPrepared) return true;
    const bytes = await this.#items.bytes(local, "chosen");
    if (bytes === null) return false;
    const isPicture = item.kept.voice === null && item.kept.type.startsWith("image/");
    const size = isPicture ? await this.#ground.measure(bytes) : null;
    const made = size?.made ? { made: size.made } : {};
    const known = { isPrepared: true, ...measured(item, size) };
    this.#items.change(local, known, { state: "waiting" }, made);
    return true;
  }
}
