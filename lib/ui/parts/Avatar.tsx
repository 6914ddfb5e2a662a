/** A person's picture or initials, with a dot for their presence where it is known. */
import type { PresenceStatus } from "../../protocol/presence.ts";
import { initials, tintClass } from "../names.ts";

export interface AvatarProps {
  id: number;
  name: string;
  picture?: string | null;
  size?: "small" | "medium" | "large";
  presence?: PresenceStatus;
}

export function Avatar({ id, name, picture = null, size = "medium", presence }: AvatarProps) {
  return (
    <span class={`avatar ${size} ${tintClass(id)}`} aria-hidden="true">
      {picture === null ? initials(name) : <img src={picture} alt="" loading="lazy" />}
      {presence && <span class={`presence ${presence}`} />}
    </span>
  );
}
