/**
 * A button that opens a menu (WAI-ARIA menu button): arrows move, Escape and Tab close, the
 * focus returns to the button. On a phone the menu is a sheet at the bottom edge.
 */
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "./Icon.tsx";

export interface MenuItem {
  label: string;
  icon?: IconName;
  danger?: boolean;
  /** Given for one choice of several: whether it is the current one. */
  checked?: boolean;
  run: () => void;
}

/** Items with a line before and after them; the group may carry a heading. */
export interface MenuGroup {
  heading?: string;
  items: MenuItem[];
}

export interface MenuProps {
  label: string;
  icon: IconName;
  groups: MenuGroup[];
  /** Shown above the items, such as a row of emoji. Its buttons have the role menuitem. */
  top?: ((close: () => void) => ComponentChildren) | undefined;
  /** Open from the start: the tap that showed the button asked for the menu. */
  startOpen?: boolean;
  onToggle?: (open: boolean) => void;
}

export function Menu({ label, icon, groups, top, startOpen = false, onToggle }: MenuProps) {
  const [open, setOpen] = useState(startOpen);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);

  function change(next: boolean) {
    setOpen(next);
    onToggle?.(next);
  }
  function close() {
    change(false);
    button.current?.focus();
  }
  useEffect(() => {
    if (startOpen) change(true);
  }, [startOpen]);
  useLayoutEffect(() => {
    if (open) placePanel(button.current, panel.current);
  }, [open]);
  usePressOutside(open, [panel, button], () => change(false));

  return (
    <div class="menu">
      <button
        ref={button}
        type="button"
        class="icon-button"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open ? "true" : "false"}
        onClick={() => change(!open)}
      >
        <Icon name={icon} />
      </button>
      {open && (
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
      )}
    </div>
  );
}

/** The sheet's backdrop is the panel's own pseudo-element, so a press outside lands elsewhere. */
function usePressOutside(
  open: boolean,
  inside: { readonly current: HTMLElement | null }[],
  close: () => void,
): void {
  useEffect(() => {
    if (!open) return;
    const press = (event: PointerEvent) => {
      if (!inside.some(({ current }) => current?.contains(event.target as Node))) close();
    };
    document.addEventListener("pointerdown", press);
    return () => document.removeEventListener("pointerdown", press);
  }, [open]);
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
          {item.icon && <Icon name={item.icon} />}
          <span class="grow">{item.label}</span>
          {item.checked && <Icon name="check" />}
        </button>
      ))}
    </div>
  );
}

/** Opens upward in the lower half of the window, and takes the focus. */
function placePanel(button: HTMLElement | null, panel: HTMLElement | null): void {
  if (!button || !panel) return;
  const { top, bottom } = button.getBoundingClientRect();
  const height = panel.offsetHeight + 8;
  panel.classList.toggle("up", bottom + height > innerHeight && top > height);
  panel.querySelector<HTMLElement>("[role^=menuitem]")?.focus({ preventScroll: true });
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
