/** Rules about files: see `permissions.ts`, where the others are. */
import {
  mayAct,
  mayReadMessage,
  maySave,
  maySeeRoom,
  type MessageFacts,
  type Standing,
  type UserFacts,
  type Verdict,
} from "./permissions.ts";

/** Its bytes are one's own until a message holds them; then the message alone says who reads them. */
export function mayUseUpload(user: UserFacts, { isUploader }: { isUploader: boolean }): Verdict {
  const act = mayAct(user);
  return act !== "allowed" || isUploader ? act : "hidden";
}

/**
 * Read a file of a message: whoever may read the message; of one of a public room's last messages also
 * whoever may look at the room before joining it.
 */
export function mayReadFile(
  standing: Standing,
  { deleted, previewed }: { deleted: boolean; previewed: boolean },
): Verdict {
  if (standing.user.disabled) return "refused";
  if (deleted) return "hidden";
  if (mayReadMessage(standing) === "allowed") return "allowed";
  return previewed && maySeeRoom(standing) === "allowed" ? "allowed" : "hidden";
}

/** Have heard a voice message: the same as reading it again later. */
export function mayHear(standing: Standing, facts: Pick<MessageFacts, "deleted">): Verdict {
  return maySave(standing, facts);
}
