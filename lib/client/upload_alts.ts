/** What files show, for who cannot see it: told to the server once it has them. */
import { retryDelay } from "./backoff.ts";
import type { SentFile } from "./file_ground.ts";
import { RequestError } from "./request_error.ts";
import { isFinal } from "./upload_faults.ts";
import { type DeskParts, sendAnew } from "./upload_parts.ts";

export class UploadAlts {
  readonly #parts: Pick<DeskParts, "items" | "runs" | "outbox" | "api" | "environment" | "epoch">;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** Tells the server what it shows, once it has the file. */
  async tell(local: string, attempt = 0): Promise<void> {
    const before = this.#parts.items.get(local)?.kept;
    if (!before?.file || before.alt === before.file.alt) return;
    const said = await this.#say(local, before.file, before.alt, attempt);
    const now = this.#parts.items.get(local)?.kept;
    if (said === null || now?.file?.id !== said.id) return;
    // Something else was written meanwhile.
    if (now.alt !== before.alt) return await this.tell(local);
    this.#parts.items.change(local, { file: said, alt: said.alt });
    this.#parts.outbox.pump();
  }

  /** Null: there is no answer, and it will be tried again. */
  async #say(
    local: string,
    file: SentFile,
    alt: string,
    attempt: number,
  ): Promise<SentFile | null> {
    const { items, api, environment, epoch } = this.#parts;
    try {
      return await api<SentFile>("PATCH", `/api/files/${file.id}`, { alt });
    } catch (error) {
      if (isFinal(error)) return file;
      if (error instanceof RequestError && error.code === "not_found") {
        // The server has dropped what waited for too long: it goes there again, described.
        if (items.get(local)?.kept.file?.id === file.id) sendAnew(this.#parts, local);
        return null;
      }
      const again = () => epoch.peek() === null ? undefined : void this.tell(local, attempt + 1);
      environment.setTimeout(again, retryDelay(error, attempt, environment.random()));
      return null;
    }
  }
}
