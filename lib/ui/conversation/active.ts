/**
 * Which message shows its tools: the one whose menu is open, else the one under the pointer,
 * else the one with the focus. One set of tools at a time keeps the page small and the way of
 * the Tab key short.
 */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext, useMemo } from "preact/hooks";

export { InMessage, useTabIndex } from "../text/tab_index.ts";

export interface ActiveMessageState {
  /** The id of the message with tools. */
  id: ReadonlySignal<number | null>;
  /** Kept while a menu is open, wherever the pointer goes. */
  pinned: Signal<number | null>;
  /** Tapped with a finger: its menu opens at once. */
  tapped: Signal<number | null>;
  /** The last focused message: the only one in the list that Tab reaches. */
  visited: ReadonlySignal<number | null>;
  /** The pointer is at rest: a reader using the keyboard does not mean the message under it. */
  forgetPointer(): void;
  handlers: {
    onPointerOver(event: PointerEvent): void;
    onPointerLeave(): void;
    onPointerDown(event: PointerEvent): void;
    onFocusIn(event: FocusEvent): void;
    onFocusOut(event: FocusEvent): void;
    onClick(event: MouseEvent): void;
  };
}

export const ActiveMessage = createContext<ActiveMessageState | null>(null);

export function useActive(): ActiveMessageState {
  const active = useContext(ActiveMessage);
  if (!active) throw new Error("A message was rendered outside a conversation.");
  return active;
}

export function useActiveMessage(): ActiveMessageState {
  return useMemo(createActiveMessage, []);
}

export function createActiveMessage(): ActiveMessageState {
  const hovered = signal<number | null>(null);
  const focused = signal<number | null>(null);
  const pinned = signal<number | null>(null);
  const tapped = signal<number | null>(null);
  const visited = signal<number | null>(null);
  /** What was selected when the finger came down. */
  let selected: Range | null = null;
  return {
    pinned,
    tapped,
    visited,
    forgetPointer() {
      hovered.value = null;
    },
    id: computed(() => pinned.value ?? tapped.value ?? hovered.value ?? focused.value),
    handlers: {
      onPointerOver(event) {
        if (event.pointerType === "mouse") hovered.value = messageAt(event.target);
      },
      onPointerLeave() {
        hovered.value = null;
      },
      onPointerDown({ pointerType }) {
        const selection = getSelection();
        selected = pointerType === "touch" && selection?.isCollapsed === false
          ? selection.getRangeAt(0).cloneRange()
          : null;
      },
      onFocusIn(event) {
        focused.value = messageAt(event.target);
        visited.value = focused.value ?? visited.value;
      },
      onFocusOut(event) {
        // To where the focus goes: tools that vanish before it arrives would lose it.
        focused.value = messageAt(event.relatedTarget);
      },
      onClick(event) {
        if (!isTap(event, selected !== null)) return;
        tapped.value = messageAt(event.target);
        // The tap took it away, and the menu can quote it.
        if (selected) {
          getSelection()!.removeAllRanges();
          getSelection()!.addRange(selected);
        }
      },
    },
  };
}

function messageAt(target: EventTarget | null): number | null {
  const element = (target as Element | null)?.closest<HTMLElement>("[data-message]");
  return element ? Number(element.dataset.message) : null;
}

/**
 * A finger on the message itself: not on something in it, and not the end of a selection.
 * @param onSelected something was selected when the finger came down
 */
function isTap(event: MouseEvent, onSelected: boolean): boolean {
  return "pointerType" in event && event.pointerType === "touch" &&
    (event.target as Element).closest(
        "a, button, .person-link, summary, .menu-layer",
      ) === null &&
    (onSelected || getSelection()?.isCollapsed !== false);
}
