/** What only staff are told: that somebody asks to join. */
import type { Change } from "../chat/notice.ts";
import { mayDecideRequests } from "../protocol/door_permissions.ts";
import type { Connection } from "./sockets/connection.ts";

/** One that is still loading reads how many wait. */
export function tellStaff(
  connections: Iterable<Connection>,
  { waiting }: Extract<Change, { type: "requests" }>,
): void {
  for (const connection of connections) {
    const { phase, caller } = connection;
    if (phase === "live" && caller !== null && mayDecideRequests(caller.user) === "allowed") {
      connection.push({ type: "requests", waiting });
    }
  }
}
