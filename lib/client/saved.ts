/** Which messages the reader has saved: as the server said, and changed here at once. */
import type { Signal } from "@preact/signals";
import type { SavedEvent } from "../protocol/events.ts";
import type { Api } from "./api.ts";
import type { ChatActions } from "./model.ts";

export type SavedIds = Signal<ReadonlySet<number>>;

/** Repeating a change is harmless: both the answer and the event behind it report it. */
export function applySaved(saved: SavedIds, { message, on }: Omit<SavedEvent, "type">): void {
  if (saved.peek().has(message) === on) return;
  const next = new Set(saved.peek());
  if (on) next.add(message);
  else next.delete(message);
  saved.value = next;
}

export function createSaving(saved: SavedIds, api: Api): Pick<ChatActions, "save"> {
  return {
    async save(message, on) {
      await api(on ? "PUT" : "DELETE", `/api/messages/${message}/save`);
      applySaved(saved, { message, on });
    },
  };
}
