/**
 * The items of a conversation's list, as the server renders them: each once for all who see the same
 * (`item_inputs.ts`). The browser's build puts `items_in_browser.ts` in place of this file.
 */
import { type ComponentChildren, h } from "preact";
import { useContext } from "preact/hooks";
import { KeptContext, marked } from "../kept/kept.ts";
import { useView, type View, ViewContext } from "../view.ts";
import { firstSight } from "./first_sight.ts";
import { inputsOf, isKept, itemKey } from "./item_inputs.ts";
import { itemFrom } from "./kept_item.ts";
import { MessageItem, type MessageItemProps } from "./MessageItem.tsx";

export function useItems(rows: readonly MessageItemProps[]): ComponentChildren {
  const view = useView();
  const kept = useContext(KeptContext);
  if (view.thread !== null) return rows.map((row) => plain(row));
  const sight = firstSight(rows, view.state.landing.value);
  const seen = { ...view, inSight: true };
  const items: ComponentChildren[] = [];
  let marks: string[] = [];
  for (const [at, row] of rows.entries()) {
    const isSeen = at >= sight.from && at < sight.to;
    if (kept !== null && isKept(row.message)) {
      const inputs = inputsOf(view, row, isSeen);
      marks.push(kept.mark(itemKey(inputs, kept), () => itemFrom(inputs)));
    } else {
      items.push(marked(marks), isSeen ? within(seen, row) : plain(row));
      marks = [];
    }
  }
  return [...items, marked(marks)];
}

function plain(row: MessageItemProps) {
  return h(MessageItem, { key: row.message.id, ...row });
}

function within(view: View, row: MessageItemProps) {
  return h(ViewContext.Provider, { key: row.message.id, value: view }, plain(row));
}
