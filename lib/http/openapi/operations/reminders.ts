/** The requests about reminders: see `operation.ts`. */
import { LIMITS } from "../../../protocol/limits.ts";
import * as example from "../examples.ts";
import * as later from "../objects/later.ts";
import type { ApiOperation } from "../operation.ts";
import { FAR } from "./scheduled.ts";
import { MESSAGE, NO_MESSAGE } from "./messages.ts";

const REMIND = {
  tag: "later",
  path: "/api/messages/:id/remind",
  from: "caller",
  parameters: { id: MESSAGE },
} satisfies Partial<ApiOperation>;

export const REMINDERS: ApiOperation[] = [
  {
    ...REMIND,
    id: "remind",
    command: "remind",
    method: "POST",
    summary: "Be reminded of a message",
    description: "Nobody else learns of it. A message has one reminder: again, at another time.",
    body: { examples: { once: { summary: "At a time", value: { at: FAR } } } },
    answers: { 204: { description: "You will be reminded, by the event `reminder`." } },
    refusals: {
      invalid: `The time is past; or you have ${LIMITS.reminders} reminders.`,
      forbidden: "It was deleted.",
      not_found: NO_MESSAGE,
    },
  },
  {
    ...REMIND,
    id: "dropReminder",
    command: "dropReminder",
    method: "DELETE",
    summary: "Dismiss a reminder",
    description: "Before its time, or when you are done with it.",
    answers: { 204: { description: "It is gone, or was not there." } },
    refusals: { not_found: `${NO_MESSAGE} (Your own reminder can always be dismissed.)` },
  },
  {
    id: "listReminders",
    command: "listReminders",
    tag: "later",
    method: "GET",
    path: "/api/me/reminders",
    from: "caller",
    summary: "List your reminders",
    description:
      "Those whose time has come first, until you dismiss them; then those to come. Leaves out " +
      "messages that you may not read now, and deleted ones.",
    answers: {
      200: {
        description: "All of them.",
        schema: later.reminderList,
        examples: {
          one: {
            summary: "One",
            value: { reminders: [{ message: example.message, at: example.MORNING, due: true }] },
          },
        },
      },
    },
  },
];
