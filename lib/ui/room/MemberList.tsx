/**
 * The members of a room, two or thousands: only the visible ones are in the page. The list is one
 * Tab stop; the arrow keys move within it.
 */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Member } from "../../protocol/members.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { type RowWindow, useRowWindow } from "../parts/row_window.ts";
import { useView } from "../view.ts";
import { MemberRow } from "./MemberRow.tsx";

export interface MemberListProps {
  room: MemberRoom;
  members: readonly Member[];
  mayRemove: boolean;
}

export function MemberList({ room, members, mayRemove }: MemberListProps) {
  const { words, state } = useView();
  const rows = useRowWindow(members.length);
  const list = useRef<HTMLUListElement>(null);
  const stop = useTabStop(members, rows, list);
  // Not in markup: the page's policy allows no style attributes.
  useLayoutEffect(() => {
    list.current!.style.height = `${members.length * rows.rowHeight}px`;
  }, [members.length, rows.rowHeight]);
  return (
    <div class="members-scroll" ref={rows.scroller} onScroll={rows.onScroll}>
      <ul
        class="members-list"
        role="list"
        tabIndex={-1}
        aria-label={words.room.members}
        ref={list}
        onKeyDown={stop.onKeyDown}
        onFocusIn={stop.onFocusIn}
      >
        {rendered(rows, stop.index).map((index) => {
          const member = members[index]!;
          return (
            <MemberRow
              key={member.id}
              member={member}
              room={room}
              index={index}
              count={members.length}
              top={index * rows.rowHeight}
              stop={index === stop.index}
              removable={mayRemove && member.id !== state.me.value.id}
            />
          );
        })}
      </ul>
    </div>
  );
}

/** The rows in the window, plus the focused one: it would lose the focus outside the page. */
function rendered({ from, to }: RowWindow, stop: number): number[] {
  const inside = Array.from({ length: to - from }, (_, at) => from + at);
  if (stop < 0 || (stop >= from && stop < to)) return inside;
  return stop < from ? [stop, ...inside] : [...inside, stop];
}

/** The one row that Tab reaches: the last focused one, otherwise the first rendered one. */
function useTabStop(
  members: readonly Member[],
  rows: RowWindow,
  list: { current: HTMLUListElement | null },
) {
  const [current, setCurrent] = useState<number | null>(null);
  const wantsFocus = useRef(false);
  const dialog = useView().dialog.value;
  const place = useRef(-1);
  const found = current === null ? -1 : members.findIndex(({ id }) => id === current);
  const index = found >= 0 ? found : Math.min(rows.from, members.length - 1);

  useLayoutEffect(() => {
    if (found >= 0) place.current = found;
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    rowOf(list.current, current)?.focus({ preventScroll: true });
  });

  // The focused member is gone: the focus moves to the neighbour. An open dialog keeps the focus;
  // when it closes, `focus.ts` gives it to the list behind it.
  useEffect(() => {
    if (current === null || found >= 0 || dialog !== null) return;
    const timer = setTimeout(() => {
      const holder = document.activeElement;
      const lost = holder === null || holder === document.body || holder === list.current;
      if (!lost || members.length === 0) setCurrent(null);
      else moveTo(Math.min(place.current, members.length - 1));
    });
    return () => clearTimeout(timer);
  }, [found, dialog]);

  function moveTo(to: number): void {
    wantsFocus.current = true;
    setCurrent(members[to]!.id);
    rows.show(to);
  }

  return {
    index,
    onFocusIn(event: FocusEvent) {
      const row = (event.target as Element).closest<HTMLElement>("[data-row]");
      if (row !== null) setCurrent(Number(row.dataset.row));
    },
    onKeyDown(event: KeyboardEvent) {
      const last = members.length - 1;
      const to = {
        ArrowDown: index + 1,
        ArrowUp: index - 1,
        PageDown: index + rows.inSight(),
        PageUp: index - rows.inSight(),
        Home: 0,
        End: last,
      }[event.key];
      if (to === undefined || last < 0) return;
      event.preventDefault();
      moveTo(Math.max(0, Math.min(last, to)));
    },
  };
}

function rowOf(list: HTMLUListElement | null, id: number | null): HTMLElement | null {
  return list?.querySelector<HTMLElement>(`[data-row="${id}"]`) ?? null;
}
