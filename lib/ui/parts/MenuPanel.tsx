/**
 * What a menu offers, while it is open: arrows move, Escape and Tab close. Loaded after the page
 * (`Menu.tsx`). On a phone it is a sheet at the bottom edge. It stands in the browser's top layer: what
 * floats in the room lies below it, and its backdrop takes the taps.
 */
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { AnyIcon } from "./AnyIcon.tsx";
import { useBackCloses } from "./back_closes.ts";
import type { MenuContent, MenuGroup } from "./menu_items.ts";

export interface MenuPanelProps extends MenuContent {
  button: RefObject<HTMLButtonElement | null>;
  /** Gives the focus back to the button. */
  close: () => void;
  /** A press elsewhere: the focus goes to what was pressed. */
  leave: () => void;
}

export function MenuPanel({ label, groups, top, button, close, leave }: MenuPanelProps) {
  const layer = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    layer.current?.showPopover();
    panel.current?.querySelector<HTMLElement>("[role^=menuitem]")?.focus({ preventScroll: true });
  }, []);
  usePlace(button, panel);
  useBackCloses(close, isSheet());
  usePressOutside([layer, button], () => {
    leave();
    // Where nothing takes it, it would be lost.
    setTimeout(() => document.activeElement === document.body && button.current?.focus());
  });
  return (
    <div
      ref={layer}
      class="menu-layer"
      popover="manual"
      onClick={(event) => event.target === layer.current && close()}
    >
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
    </div>
  );
}

/** The sheet's backdrop is inside: it closes with the click, or that would go to what is below. */
function usePressOutside(
  inside: { readonly current: HTMLElement | null }[],
  close: () => void,
): void {
  useEffect(() => {
    const press = (event: PointerEvent) => {
      if (!inside.some(({ current }) => current?.contains(event.target as Node))) close();
    };
    document.addEventListener("pointerdown", press);
    addEventListener("popstate", close);
    return () => {
      document.removeEventListener("pointerdown", press);
      removeEventListener("popstate", close);
    };
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

/** Where a menu is a sheet, which has its place: the styles' own limit (`menu.css`). */
function isSheet(): boolean {
  return matchMedia("(max-width: 719px)").matches;
}

/** Between the panel and its button, and from the window's edges: as in `menu.css`, CSS pixels. */
const GAP = 4;

/** It stays with its button, wherever the conversation around that is scrolled. */
function usePlace(
  button: RefObject<HTMLButtonElement | null>,
  panel: RefObject<HTMLElement | null>,
): void {
  useLayoutEffect(() => {
    const place = () => placePanel(button.current, panel.current);
    place();
    addEventListener("resize", place);
    document.addEventListener("scroll", place, true);
    return () => {
      removeEventListener("resize", place);
      document.removeEventListener("scroll", place, true);
    };
  }, []);
}

/** Below the button, or above it, or over it where neither has room. */
function placePanel(button: HTMLElement | null, panel: HTMLElement | null): void {
  if (!button || !panel) return;
  if (isSheet()) {
    panel.style.inset = "";
    return;
  }
  const { top, bottom, right } = button.getBoundingClientRect();
  const lowest = innerHeight - GAP - panel.offsetHeight;
  const above = top - GAP - panel.offsetHeight;
  const down = bottom + GAP <= lowest || above < GAP ? Math.min(bottom + GAP, lowest) : above;
  const left = Math.max(right - panel.offsetWidth, GAP);
  panel.style.inset = `${Math.max(down, GAP)}px auto auto ${left}px`;
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
