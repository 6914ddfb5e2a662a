/** The picker's rows, of which only those in sight are in the page. It chooses nothing itself. */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useDialogView } from "../dialog_view.ts";
import { EmojiSign } from "../parts/EmojiSign.tsx";
import type { RowWindow } from "../parts/row_window.ts";
import { useEmojiLabel } from "./loading.ts";
import type { Cell, PickerRow, ShownEmoji } from "./rows.ts";

export interface EmojiGridProps {
  id: string;
  rows: readonly PickerRow[];
  window: RowWindow;
  chosen: Cell | null;
  onPoint: (cell: Cell) => void;
  /** `more`: the reader held Shift. */
  onPick: (shown: ShownEmoji, more: boolean) => void;
  /** In place of emoji, where there are none. */
  children: ComponentChildren;
}

export function cellId(id: string, { row, column }: Cell): string {
  return `${id}-${row}-${column}`;
}

export function EmojiGrid(props: EmojiGridProps) {
  const { id, rows, window } = props;
  const { words } = useDialogView();
  const shown = rows.slice(window.from, window.to);
  return (
    <div
      class="emoji-scroll"
      ref={window.scroller}
      onScroll={window.onScroll}
      // A pane that scrolls is a stop of its own, unless it says that it is none.
      tabIndex={-1}
    >
      <Space height={window.from * window.rowHeight} />
      <div role="grid" id={id} aria-label={words.emoji.list} aria-rowcount={rows.length}>
        {shown.map((row, at) => (
          <Row key={window.from + at} {...props} row={row} index={window.from + at} />
        ))}
      </div>
      {props.children}
      <Space height={(rows.length - window.from - shown.length) * window.rowHeight} />
    </div>
  );
}

/** In place of the rows that are not in the page. */
function Space({ height }: { height: number }) {
  const element = useRef<HTMLDivElement>(null);
  // Not in markup: the page's policy allows no style attributes.
  useLayoutEffect(() => {
    element.current!.style.height = `${height}px`;
  }, [height]);
  return <div ref={element} />;
}

function Row({ row, index, ...props }: EmojiGridProps & { row: PickerRow; index: number }) {
  const { words } = useDialogView();
  const { id, chosen } = props;
  const labelOf = useEmojiLabel();
  if (row.kind === "heading") {
    const { group } = row;
    return (
      <div class="emoji-row" role="row" aria-rowindex={index + 1} data-row={index}>
        <span role="rowheader">
          {group === "recent" ? words.emoji.recent : words.emoji.groups[group]}
        </span>
      </div>
    );
  }
  return (
    <div class="emoji-row" role="row" aria-rowindex={index + 1} data-row={index}>
      {row.shown.map((shown, column) => {
        const isChosen = chosen?.row === index && chosen.column === column;
        return (
          <button
            key={shown.one.emoji}
            id={cellId(id, { row: index, column })}
            type="button"
            role="gridcell"
            tabIndex={-1}
            class={isChosen ? "emoji-button here" : "emoji-button"}
            aria-selected={isChosen ? "true" : "false"}
            aria-label={labelOf(shown.one)}
            title={labelOf(shown.one)}
            onPointerMove={() => !isChosen && props.onPoint({ row: index, column })}
            onClick={(event) => props.onPick(shown, event.shiftKey)}
          >
            <EmojiSign sign={shown.emoji} />
          </button>
        );
      })}
    </div>
  );
}
