/** Rules about messages that no view asks: see `permissions.ts`, where the others are. */
import {
  allowedIf,
  mayDelete,
  type MessageFacts,
  type Standing,
  type Verdict,
} from "./permissions.ts";

/** Take the preview of a link away: who may delete the message. */
export function mayRemoveLink(standing: Standing, { deleted, ...facts }: MessageFacts): Verdict {
  const change = mayDelete(standing, facts);
  return change === "allowed" ? allowedIf(!deleted) : change;
}

/**
 * Take a deletion back: who deleted it, for a short time, if they may still delete. What was not
 * deleted stays as it is.
 */
export function mayRestore(
  standing: Standing,
  { deleted, byUser, inTime, ...facts }: MessageFacts & { byUser: boolean; inTime: boolean },
): Verdict {
  const change = mayDelete(standing, facts);
  return change === "allowed" ? allowedIf(!deleted || (byUser && inTime)) : change;
}
