/** Rules about threads: see `permissions.ts`. */
import {
  allowedIf,
  isStaff,
  mayReact,
  mayReadMessage,
  type Standing,
  type Verdict,
} from "./permissions.ts";

/** Follow a thread, or no longer; say how far one has read. Whoever may read it. */
export function mayFollow(standing: Standing): Verdict {
  return mayReadMessage(standing);
}

/**
 * Give it a title: who writes in it, the room's owner, the server's owner and admins. A message that
 * was deleted and has no replies is no thread.
 */
export function mayTitle(
  standing: Standing,
  { writes, empty }: { writes: boolean; empty: boolean },
): Verdict {
  const change = mayReact(standing, { deleted: empty });
  if (change !== "allowed") return change;
  const runs = standing.member === "owner" || isStaff(standing.user.role);
  return allowedIf(writes || (standing.kind !== "direct" && runs));
}
