/** Reactions to messages. */
import { ConfabError } from "../../errors.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { Message } from "../../protocol/messages.ts";
import { mayReact } from "../../protocol/permissions.ts";
import type { Driver } from "../driver.ts";
import { requireEmoji } from "./parts/custom_emoji.ts";
import { findForChange, requireChange, storeChange, unchanged } from "./parts/message_changes.ts";
import { type Input, write } from "./operation.ts";

export const react = write(async (db: Driver, input: Input<"react">) => {
  const target = await findForChange(db, input.userId, input.message);
  const { message, facts } = target;
  requireChange(target, mayReact(target.standing, facts), "You may not react in this room.");
  if (input.on) await requireEmoji(db, input.emoji, "emoji");
  const reactions = input.on
    ? withReaction(message.reactions, input.emoji, input.userId)
    : withoutReaction(message.reactions, input.emoji, input.userId);
  if (reactions === message.reactions) return unchanged(message);
  return await storeChange(db, target, { ...message, reactions });
});

type Reactions = Message["reactions"];

/** The same object where nothing changes. */
function withReaction(reactions: Reactions, emoji: string, userId: number): Reactions {
  const users = Object.hasOwn(reactions, emoji) ? reactions[emoji]! : [];
  if (users.includes(userId)) return reactions;
  if (users.length === 0 && Object.keys(reactions).length >= LIMITS.reactions) {
    const message = `A message takes at most ${LIMITS.reactions} different reactions.`;
    throw new ConfabError("invalid", message, {
      errors: [{ path: "emoji", message, reason: "too_long" }],
    });
  }
  return { ...reactions, [emoji]: [...users, userId] };
}

function withoutReaction(reactions: Reactions, emoji: string, userId: number): Reactions {
  const users = Object.hasOwn(reactions, emoji) ? reactions[emoji]! : [];
  if (!users.includes(userId)) return reactions;
  const { [emoji]: _taken, ...others } = reactions;
  if (users.length === 1) return others;
  return { ...reactions, [emoji]: users.filter((user) => user !== userId) };
}
