/** The schemas of what waits for its time: see `objects.ts`. */
import * as z from "zod";
import { ERROR_STATUS, type ErrorCode } from "../../../protocol/codes.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import type { Reminder } from "../../../protocol/reminders.ts";
import type { Scheduled } from "../../../protocol/scheduled.ts";
import { file, message } from "./messages.ts";
import { id, of, time } from "./base.ts";

export const scheduled = of<Scheduled>()(z.object({
  id,
  room: id,
  text: z.string(),
  replyTo: id.nullable(),
  threadOnly: z.literal(true).optional().meta({ description: "It is for its thread alone." }),
  files: z.array(file),
  at: time.meta({ description: "When it is sent; milliseconds since the epoch." }),
  clientId: z.string(),
  createdAt: time,
  failed: z.object({ at: time, code: z.enum(Object.keys(ERROR_STATUS) as ErrorCode[]) })
    .nullable().meta({
      description: "When and why it could not be sent; `null` while it waits.",
    }),
}));

export const scheduledList = of<{ scheduled: Scheduled[] }>()(z.object({
  scheduled: z.array(scheduled).max(LIMITS.scheduled),
}));

export const reminderList = of<{ reminders: Reminder[] }>()(z.object({
  reminders: z.array(z.object({
    message,
    at: time,
    due: z.boolean().meta({ description: "Its time has come." }),
  })).max(LIMITS.reminders),
}));

export const LATER_NAMED = {
  Scheduled: scheduled,
  ScheduledList: scheduledList,
  ReminderList: reminderList,
};
