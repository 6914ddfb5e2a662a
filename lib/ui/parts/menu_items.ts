/** What a menu offers, as a value. Types alone. */
import type { ComponentChildren } from "preact";
import type { AnyIconName } from "./AnyIcon.tsx";

export interface MenuItem {
  label: string;
  icon?: AnyIconName;
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

export interface MenuContent {
  label: string;
  groups: MenuGroup[];
  /** Shown above the items, such as a row of emoji. Its buttons have the role menuitem. */
  top?: ((close: () => void) => ComponentChildren) | undefined;
}
