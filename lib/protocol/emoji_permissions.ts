/** Who may add custom emoji and remove them: rules beside those of `permissions.ts`. */
import { allowedIf, isStaff, mayAct, type UserFacts, type Verdict } from "./permissions.ts";

/** Who may add them, as staff have set it. */
export type EmojiMakers = "members" | "staff";

/** Add one, for everybody. Guests never. */
export function mayAddEmoji(user: UserFacts, makers: EmojiMakers = "members"): Verdict {
  if (mayAct(user) !== "allowed") return "refused";
  return allowedIf(isStaff(user.role) || (makers === "members" && user.role !== "guest"));
}

/** Remove one: whoever added it, and staff. */
export function mayRemoveEmoji(user: UserFacts, emoji: { isOwn: boolean }): Verdict {
  if (mayAct(user) !== "allowed") return "refused";
  return allowedIf(isStaff(user.role) || (emoji.isOwn && user.role !== "guest"));
}
