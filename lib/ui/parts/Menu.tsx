/**
 * A button that opens a menu (WAI-ARIA menu button); the focus returns to it. What the menu offers
 * comes when the page is at rest, or when somebody asks for it before: see `at_rest.ts`.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { useView } from "../view.ts";
import type { MenuContent } from "./menu_items.ts";
import { useAtRest } from "./at_rest.ts";
import { Icon, type IconName } from "./Icon.tsx";
import { laterStyles } from "./later_styles.ts";

export interface MenuProps extends MenuContent {
  icon: IconName;
  /** Open from the start: the tap that showed the button asked for the menu. */
  startOpen?: boolean;
  onToggle?: (open: boolean) => void;
}

const loadPanel = async () => {
  const [{ MenuPanel }] = await Promise.all([import("./MenuPanel.tsx"), laterStyles()]);
  return MenuPanel;
};

export function Menu({ label, icon, groups, top, startOpen = false, onToggle }: MenuProps) {
  const { toast, words } = useView();
  const [open, setOpen] = useState(startOpen);
  const button = useRef<HTMLButtonElement>(null);
  const Panel = useAtRest(loadPanel, open, () => {
    change(false);
    toast.value = words.connection.unreachable;
  });

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
      {open && Panel && (
        <Panel
          label={label}
          groups={groups}
          top={top}
          button={button}
          close={close}
          leave={() => change(false)}
        />
      )}
    </div>
  );
}
