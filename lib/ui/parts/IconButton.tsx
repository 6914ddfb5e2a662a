/** A button that shows an icon alone: its label is for those who listen. */
import type { ButtonHTMLAttributes } from "preact";
import { Icon, type IconName } from "./Icon.tsx";

export interface IconButtonProps extends Pick<ButtonHTMLAttributes, "onClick" | "tabIndex"> {
  icon: IconName;
  label: string;
  /** What one reads on pointing at it; nothing where the icon says it. */
  title?: string;
  /** "small"; "reveal": seen only while one points at what it belongs to. */
  kind?: "small" | "reveal";
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
