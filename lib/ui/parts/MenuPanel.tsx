/**
 * What a menu offers, while it is open: arrows move, Escape and Tab close. Loaded after the page
 * (`Menu.tsx`). On a phone it is a sheet at the bottom edge.
 */
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { AnyIcon } from "./AnyIcon.tsx";
import type { MenuContent, MenuGroup } from "./menu_items.ts";

export interface MenuPanelProps extends MenuContent {
  button: RefObject<HTMLButtonElement | null>;
  /** Gives the focus back to the button. */
  close: () => void;
  /** A press elsewhere: the focus goes where it was pressed. */
  leave: () => void;
}

export function MenuPanel({ label, groups, top, button, close, leave }: MenuPanelProps) {
  const panel = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => placePanel(button.current, panel.current), []);
  usePressOutside([panel, button], leave);
  return (
    <>
      <div class="menu-backdrop" onClick={close} />
      <div
        ref={panel}
        class="menu-panel"
        role="menu"
        aria-label={label}
        onKeyDown={(event) => onMenuKey(event, panel.current, close)}
      >
        {top?.(close)}
        {groups.filter((group) => group.items.length > 0).map((group) => (
          <Group heading={group.heading} items={group.items} close={close} />
        ))}
      </div>
    </>
  );
}

/** The sheet's backdrop is the panel's own pseudo-element, so a press outside lands elsewhere. */
function usePressOutside(
  inside: { readonly current: HTMLElement | null }[],
  close: () => void,
): void {
  useEffect(() => {
    const press = (event: PointerEvent) => {
      if (!inside.some(({ current }) => current?.contains(event.target as Node))) close();
    };
    document.addEventListener("pointerdown", press);
    return () => document.removeEventListener("pointerdown", press);
  }, []);
}

function Group({ heading, items, close }: MenuGroup & { close: () => void }) {
  return (
    <div class="menu-group" role="group" aria-label={heading}>
      {heading && <div class="menu-heading" aria-hidden="true">{heading}</div>}
      {items.map((item) => (
        <button
          type="button"
          key={item.label}
          class={item.danger ? "menu-item danger" : "menu-item"}
          role={item.checked === undefined ? "menuitem" : "menuitemradio"}
          aria-checked={item.checked === undefined ? undefined : item.checked ? "true" : "false"}
          tabIndex={-1}
          onClick={() => {
            close();
            item.run();
          }}
        >
          {item.icon && <AnyIcon name={item.icon} />}
          <span class="grow">{item.label}</span>
          {item.checked && <AnyIcon name="check" />}
        </button>
      ))}
    </div>
  );
}

/** Between the panel and its button, and what it may not leave: as in `menu.css`, CSS pixels. */
const GAP = 4;

/** Takes the focus. It stands below the button, or above it, or over it where neither has room. */
function placePanel(button: HTMLElement | null, panel: HTMLElement | null): void {
  if (!button || !panel) return;
  // A sheet has its place.
  if (getComputedStyle(panel).position !== "fixed") {
    const { top, bottom } = button.getBoundingClientRect();
    const sight = sightOf(panel);
    panel.style.maxHeight = `${sight.bottom - sight.top - 2 * GAP}px`;
    const height = panel.offsetHeight + 2 * GAP;
    const over = bottom + height - sight.bottom;
    const isUp = over > 0 && top - height >= sight.top;
    panel.classList.toggle("up", isUp);
    if (over > 0 && !isUp) panel.style.translate = `0 ${-over}px`;
  }
  panel.querySelector<HTMLElement>("[role^=menuitem]")?.focus({ preventScroll: true });
}

/** What of the window the panel can be seen in: what scrolls around it cuts it off. */
function sightOf(panel: HTMLElement): { top: number; bottom: number } {
  let top = 0;
  let bottom = innerHeight;
  for (let around = panel.parentElement; around !== null; around = around.parentElement) {
    if (getComputedStyle(around).overflowY === "visible") continue;
    const box = around.getBoundingClientRect();
    top = Math.max(top, box.top);
    bottom = Math.min(bottom, box.bottom);
  }
  return { top, bottom };
}

function onMenuKey(event: KeyboardEvent, panel: HTMLElement | null, close: () => void): void {
  const items = [...panel?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? []];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to = {
    ArrowDown: at + 1,
    ArrowRight: at + 1,
    ArrowUp: at - 1,
    ArrowLeft: at - 1,
    Home: 0,
    End: -1,
  }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items.at(to % items.length)?.focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    close();
  }
  // What a menu understands must not also cancel an edit or close a dialog around it.
  event.stopPropagation();
}
