/** Opening and leaving rooms: a late answer never takes back a reader who has moved on. */
import { batch } from "@preact/signals";
import type { Directory } from "./directory.ts";
import type { Pages } from "./pages.ts";
import type { ReadMarks } from "./read_marks.ts";
import { RequestError } from "./request_error.ts";
import type { EngineState } from "./state.ts";

export interface OpeningOptions {
  state: EngineState;
  pages: Pages;
  directory: Pick<Directory, "showRoom" | "previewRoom">;
  /** Whoever comes back to a room reads it as usual. */
  marks: Pick<ReadMarks, "release">;
  /** Another room is open: its draft's target may have changed unnoticed. */
  onOpened(): void;
}

export class Opening {
  readonly #options: OpeningOptions;
  /** Counts the reader's moves. */
  #steps = 0;

  constructor(options: OpeningOptions) {
    this.#options = options;
  }

  async open(room: number, aroundSeq?: number): Promise<void> {
    const { state, pages, directory, marks, onOpened } = this.#options;
    const mine = ++this.#steps;
    state.lostRoom.value = null;
    if (state.openRoom.peek() !== room) marks.release();
    // A link may lead to a room that is not in the list.
    if (!state.rooms.peek().has(room) && state.hidden.peek().rooms > 0) {
      await directory.showRoom(room)
        .catch((error) => mine === this.#steps && unlessUnknown(error));
      if (mine !== this.#steps) return;
    }
    if (!state.rooms.peek().has(room)) return await this.#look(room, mine);
    state.preview.value = null;
    const opened = pages.open(room, aroundSeq);
    onOpened();
    return opened;
  }

  /** At a public room that is not joined; for whoever may not see it, there is none. */
  async #look(room: number, mine: number): Promise<void> {
    const { state, pages, directory } = this.#options;
    const preview = await directory.previewRoom(room);
    if (mine !== this.#steps) return;
    batch(() => {
      pages.close();
      state.preview.value = preview;
    });
  }

  close(): void {
    this.#steps++;
    this.#options.state.preview.value = null;
    this.#options.marks.release();
    this.#options.pages.close();
  }
}

export function isUnknown(error: unknown): boolean {
  return error instanceof RequestError &&
    (error.code === "not_found" || error.code === "forbidden");
}

/** If the room does not exist at all, the caller says so. */
function unlessUnknown(error: unknown): void {
  if (!isUnknown(error)) throw error;
}
