/**
 * What the reader has planned: messages that are sent later, and reminders. The lists are read when
 * somebody looks at them; this file is fetched with the first thing that is planned.
 */
import type { Reminder } from "../protocol/reminders.ts";
import type { Scheduled } from "../protocol/scheduled.ts";
import type { LaterActions, LaterList, NewScheduled } from "./later_actions.ts";
import { type PlannedParts, takePlannedBack } from "./taking_back.ts";

export function createLater(parts: PlannedParts, newClientId: () => string): LaterActions {
  const { api } = parts;
  return {
    newClientId,
    async list(): Promise<LaterList> {
      const [{ scheduled }, { reminders }] = await Promise.all([
        api<{ scheduled: Scheduled[] }>("GET", "/api/me/scheduled"),
        api<{ reminders: Reminder[] }>("GET", "/api/me/reminders"),
      ]);
      return { scheduled, reminders };
    },
    schedule: ({ room, ...message }: NewScheduled) =>
      api("POST", `/api/rooms/${room}/scheduled`, message),
    change: (id, change) => api("PATCH", `/api/scheduled/${id}`, change),
    takeBack: (scheduled) => takePlannedBack(parts, scheduled),
    cancel: (id) => api("DELETE", `/api/scheduled/${id}`),
    sendNow: (id) => api("POST", `/api/scheduled/${id}/send`),
    remind: (message, at) => api("POST", `/api/messages/${message}/remind`, { at }),
    dismiss: (message) => api("DELETE", `/api/messages/${message}/remind`),
  };
}
