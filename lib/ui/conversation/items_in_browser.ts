/** The items of a conversation's list in the browser, where each lives: see `kept_items.ts`. */
import { type ComponentChildren, h } from "preact";
import { MessageItem, type MessageItemProps } from "./MessageItem.tsx";

export function useItems(rows: readonly MessageItemProps[]): ComponentChildren {
  return rows.map((row) => h(MessageItem, { key: row.message.id, ...row }));
}
