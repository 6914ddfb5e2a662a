/** A button that shows only an icon: its label is for screen readers. */
import type { ButtonHTMLAttributes } from "preact";
import { Icon, type IconName } from "./Icon.tsx";

export interface IconButtonProps extends
  Pick<
    ButtonHTMLAttributes,
    "disabled" | "onClick" | "onPointerDown" | "tabIndex" | "aria-pressed"
  > {
  icon: IconName;
  label: string;
  /** The tooltip; none if the icon is clear enough. */
  title?: string;
  /**
   * "small"; "reveal": visible only while the pointer is on what it belongs to; "holds": a finger may
   * hold it.
   */
  kind?: "small" | "reveal" | "holds";
}

export function IconButton({ icon, label, kind, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      class={kind ? `icon-button ${kind}` : "icon-button"}
      aria-label={label}
      {...rest}
    >
      <Icon name={icon} />
    </button>
  );
}
