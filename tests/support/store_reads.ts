/** What a store gives as text, as the objects that it holds. */
import { parseJsonText } from "../../lib/protocol/json_text.ts";
import type { Store } from "../../lib/store/store.ts";

export async function historyOf(store: Store, input: Parameters<Store["history"]>[0]) {
  return parseJsonText(await store.history(input));
}

export async function snapshotOf(store: Store, userId: number) {
  const { rooms, users, ...snapshot } = await store.snapshot({ userId });
  return { ...snapshot, rooms: parseJsonText(rooms), users: parseJsonText(users) };
}
