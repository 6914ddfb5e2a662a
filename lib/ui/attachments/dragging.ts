/**
 * Changes the order of a list's items by dragging one over the others: with a mouse after a few pixels,
 * with a finger once it has rested. It must not know what the items are, except for their names.
 */
import { signal } from "@preact/signals";

/** CSS pixels: less is an unsteady click. */
const STARTS_AT = 6;
/** Milliseconds: a finger that moves earlier scrolls. */
const RESTS = 300;

interface Drag {
  name: string;
  pointer: number;
  x: number;
  y: number;
  /** A finger that has not rested long enough yet; null with a mouse. */
  timer: ReturnType<typeof setTimeout> | null;
  on: boolean;
  /** The item that it was moved past last. */
  past: string | null;
}

export interface DraggingOptions {
  /** The names of the items, in their order. */
  names(): readonly string[];
  /** Puts the item at this place, once it is let go of. */
  move(name: string, to: number): void;
}

export class Dragging {
  /** The item that is dragged. */
  readonly dragged = signal<string | null>(null);
  /** The names in the order that there would be if it were let go of now. */
  readonly order = signal<readonly string[] | null>(null);
  readonly #options: () => DraggingOptions;
  #drag: Drag | null = null;
  /** A click follows the drag, and opens nothing. */
  #justEnded = false;

  constructor(options: () => DraggingOptions) {
    this.#options = options;
  }

  /** Of the list's element; each item is named by `data-local`. */
  readonly handlers = {
    onPointerDown: (event: PointerEvent): void => this.#press(event),
    onPointerMove: (event: PointerEvent): void => this.#move(event),
    onPointerUp: (): void => this.#end(),
    onPointerCancel: (): void => this.#end(),
    onClickCapture: (event: MouseEvent): void => {
      if (!this.#justEnded) return;
      event.preventDefault();
      event.stopPropagation();
    },
    // A picture's own dragging would take the pointer away.
    onDragStart: (event: Event): void => event.preventDefault(),
    onContextMenu: (event: Event): void => {
      if (this.dragged.peek() !== null) event.preventDefault();
    },
  };

  #press(
    { target, button, pointerId: pointer, pointerType, clientX: x, clientY: y }: PointerEvent,
  ) {
    const item = (target as Element).closest<HTMLElement>("[data-local]");
    const isOther = (target as Element).closest("[data-still]") !== null;
    if (button !== 0 || !item || isOther || this.#options().names().length < 2) return;
    const list = item.parentElement!;
    const name = item.dataset.local!;
    const drag: Drag = { name, pointer, x, y, timer: null, on: false, past: null };
    this.#drag = drag;
    if (pointerType !== "mouse") drag.timer = setTimeout(() => this.#begin(drag, list), RESTS);
  }

  #move(event: PointerEvent): void {
    const drag = this.#drag;
    if (drag === null || event.pointerId !== drag.pointer) return;
    // It was let go of beside the list, which heard nothing of that.
    if (event.buttons === 0) return this.#end();
    if (drag.on) return this.#over(drag, event);
    if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < STARTS_AT) return;
    if (drag.timer === null) this.#begin(drag, event.currentTarget as HTMLElement);
    // The finger scrolls.
    else this.#end();
  }

  #begin(drag: Drag, list: HTMLElement): void {
    drag.on = true;
    this.order.value = this.#options().names();
    this.dragged.value = drag.name;
    list.setPointerCapture(drag.pointer);
  }

  #over(drag: Drag, { clientX, clientY }: PointerEvent): void {
    const under = document.elementFromPoint(clientX, clientY);
    const other = under?.closest<HTMLElement>("[data-local]")?.dataset.local ?? null;
    if (other === drag.past) return;
    drag.past = other;
    const before = this.order.peek() ?? [];
    const to = other === null ? -1 : before.indexOf(other);
    if (to < 0 || other === drag.name) return;
    const others = before.filter((name) => name !== drag.name);
    this.order.value = [...others.slice(0, to), drag.name, ...others.slice(to)];
  }

  #end(): void {
    const drag = this.#drag;
    this.#drag = null;
    if (drag === null) return;
    clearTimeout(drag.timer ?? undefined);
    if (!drag.on) return;
    const { names, move } = this.#options();
    const to = this.order.peek()?.indexOf(drag.name) ?? -1;
    if (to >= 0 && names()[to] !== drag.name) move(drag.name, to);
    this.order.value = null;
    this.dragged.value = null;
    this.#justEnded = true;
    setTimeout(() => this.#justEnded = false);
  }
}

/** What came while one was dragged stands at the end. */
export function inOrder<Item extends { local: string }>(
  items: readonly Item[],
  order: readonly string[] | null,
): readonly Item[] {
  if (order === null) return items;
  const place = ({ local }: Item) => {
    const at = order.indexOf(local);
    return at < 0 ? order.length : at;
  };
  return [...items].sort((a, b) => place(a) - place(b));
}
