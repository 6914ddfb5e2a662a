/** What the database knows of how the chat is doing. */
import type { StoredHealth } from "../../protocol/health.ts";
import { mayAdminister } from "../../protocol/permissions.ts";
import type { Driver } from "../driver.ts";
import { type Input, read } from "./operation.ts";
import { requireActor } from "./parts/users.ts";

export const getHealth = read(
  async (db: Driver, input: Input<"getHealth">): Promise<StoredHealth> => {
    await requireActor(db, input.userId, mayAdminister, "Only the owner and admins may see this.");
    const row = await db.get<Omit<StoredHealth, "backedUpAt"> & { backed_up_at: string | null }>(
      // Counting a million messages would take a second: ids are given out in turn.
      `SELECT (SELECT count(*) FROM users WHERE disabled = 0) AS people,
         (SELECT count(*) FROM rooms WHERE kind <> 'direct') AS rooms,
         (SELECT coalesce(max(id), 0) FROM messages) AS messages,
         (SELECT value FROM meta WHERE key = 'backed_up_at') AS backed_up_at`,
      [],
    );
    const { people, rooms, messages, backed_up_at: at } = row!; // it always answers one row
    return {
      people: Number(people),
      rooms: Number(rooms),
      messages: Number(messages),
      backedUpAt: at === null ? null : Number(at),
    };
  },
);
