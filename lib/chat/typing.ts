/** The typing indicator. It is sent to whoever is online, and never stored. */
import { mayWrite } from "../protocol/permissions.ts";
import * as input from "../protocol/typing.ts";
import { defineCommand, inTransaction } from "./command.ts";

export const typing = defineCommand({
  schema: input.typing,
  access: inTransaction(mayWrite),
  run: async ({ store, bus, typingRate }, actor, { room }): Promise<void> => {
    await store.requireWriter({ userId: actor.userId, room });
    // Nobody misses a dropped one: it has no ack, and the next one follows.
    if (typingRate.spend(actor.userId) > 0) return;
    bus.publish([{ type: "typing", room, userId: actor.userId }]);
  },
});
