/** People who write: messages, and changes of their own messages, until they are told to stop. */
import type { Participant } from "./participant.ts";
import type { Random } from "../support/random.ts";

const EMOJI = ["👍", "🎉", "❤️"];

export interface Traffic {
  /** Nobody begins anything new; resolves when all that was begun has been answered. */
  end(): Promise<void>;
}

/**
 * Each participant writes one thing after the other, somewhere among the rooms that it is given.
 * A message is changed by its author alone, who waits for each ack: so every change is known to
 * somebody, and the oracle can ask for all of them.
 */
export function startTraffic(
  participants: readonly Participant[],
  rooms: (participant: Participant) => readonly number[],
  random: Random,
): Traffic {
  let ended = false;
  const writing = participants.map(async (participant) => {
    const own: number[] = [];
    for (let count = 0; !ended; count++) {
      const message = own.length > 0 && random.below(3) === 0 ? random.pick(own) : null;
      if (message === null) {
        const room = random.pick(rooms(participant));
        const place = await participant.send(room, `${participant.person.username} ${count}`);
        own.push(place.id);
      } else if (await change(participant, message, count, random)) {
        own.splice(own.indexOf(message), 1);
      }
    }
  });
  const all = Promise.all(writing);
  all.catch(() => {}); // end() tells
  return {
    async end() {
      ended = true;
      await all;
    },
  };
}

/** True where the message is deleted now, and takes no more changes. */
async function change(
  participant: Participant,
  message: number,
  count: number,
  random: Random,
): Promise<boolean> {
  switch (random.below(4)) {
    case 0:
      await participant.change({ type: "delete", message });
      return true;
    case 1:
      await participant.change({ type: "edit", message, text: `rewritten ${count}` });
      return false;
    default: {
      const on = random.below(3) > 0;
      await participant.change({ type: "react", message, emoji: random.pick(EMOJI), on });
      return false;
    }
  }
}
