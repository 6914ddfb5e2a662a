/** What files show, for who cannot see it: told to the server once it has them. */
import { retryDelay } from "./backoff.ts";
import type { SentFile } from "./file_ground.ts";
import type { DeskParts } from "./upload_parts.ts";
import { isFinal } from "./upload_faults.ts";

export class UploadAlts {
  readonly #parts: Pick<DeskParts, "items" | "outbox" | "api" | "environment" | "epoch">;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** Tells the server what it shows, once it has the file. */
  async tell(local: string): Promise<void> {
    const before = this.#parts.items.get(local)?.kept;
    if (!before?.file || before.alt === before.file.alt) return;
    const said = await this.#say(local, before.file, before.alt);
    const now = this.#parts.items.get(local)?.kept;
    if (said === null || now?.file?.id !== said.id) return;
    // Something else was written meanwhile.
    if (now.alt !== before.alt) return await this.tell(local);
    this.#parts.items.change(local, { file: said, alt: said.alt });
    this.#parts.outbox.pump();
  }

  /** Null: there is no answer, and it will be tried again. */
  async #say(local: string, file: SentFile, alt: string): Promise<SentFile | null> {
    const { api, environment, epoch } = this.#parts;
    try {
      return await api<SentFile>("PATCH", `/api/files/${file.id}`, { alt });
    } catch (error) {
      if (isFinal(error)) return file;
      const again = () => epoch.peek() === null ? undefined : void this.tell(local);
      environment.setTimeout(again, retryDelay(error));
      return null;
    }
  }
}
