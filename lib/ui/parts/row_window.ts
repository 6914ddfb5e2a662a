/**
 * Which rows of a long list are in the page: the visible ones and some around them. All rows have
 * the same height, which is measured. It knows nothing of what the rows show.
 */
import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** CSS pixels, used until a row has been measured. */
const LIKELY_HEIGHT = 52;
/** Extra rows at each end, so that one turn of the mouse wheel finds them there. */
const AROUND = 12;
/** The window moves by this many rows, to avoid a render for each row that passes. */
const STEP = 6;

export interface RowWindow {
  /** The pane that scrolls; rows in it have `data-row`. */
  scroller: { current: HTMLDivElement | null };
  /** The first rendered row, and the first one after the rendered rows. */
  from: number;
  to: number;
  /** CSS pixels. */
  rowHeight: number;
  onScroll(): void;
  /** Scrolls the pane just far enough to show a row. */
  show(index: number): void;
  /** How many rows are visible at once. */
  inSight(): number;
}

export function useRowWindow(count: number): RowWindow {
  const scroller = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ from: 0, to: 4 * STEP, rowHeight: LIKELY_HEIGHT });

  function look(): void {
    const pane = scroller.current;
    if (pane === null) return;
    const row = pane.querySelector<HTMLElement>("[data-row]");
    const rowHeight = row?.offsetHeight || seen.rowHeight;
    const first = Math.floor(pane.scrollTop / rowHeight);
    const behind = Math.ceil((pane.scrollTop + pane.clientHeight) / rowHeight);
    const from = Math.max(0, Math.floor((first - AROUND) / STEP) * STEP);
    const to = Math.ceil((behind + AROUND) / STEP) * STEP;
    if (from === seen.from && to === seen.to && rowHeight === seen.rowHeight) return;
    setSeen({ from, to, rowHeight });
  }

  useLayoutEffect(look);
  const looking = useRef(look);
  looking.current = look;
  useLayoutEffect(() => {
    const observer = new ResizeObserver(() => looking.current());
    observer.observe(scroller.current!);
    return () => observer.disconnect();
  }, []);

  return {
    scroller,
    from: Math.min(seen.from, count),
    to: Math.min(seen.to, count),
    rowHeight: seen.rowHeight,
    onScroll: look,
    show(index) {
      const pane = scroller.current;
      if (pane === null) return;
      // What surrounds the list belongs to its first and last row.
      const around = (pane.querySelector("[data-row]")?.parentElement?.offsetTop ?? 0) * 2;
      const top = index * seen.rowHeight;
      const bottom = top + seen.rowHeight + around;
      if (top < pane.scrollTop) pane.scrollTop = top;
      else if (bottom > pane.scrollTop + pane.clientHeight) {
        pane.scrollTop = bottom - pane.clientHeight;
      }
    },
    inSight: () =>
      Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / seen.rowHeight) - 1),
  };
}
