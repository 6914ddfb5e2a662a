/** The schema of a person: see `objects.ts`. */
import * as z from "zod";
import type { User } from "../../../protocol/people.ts";
import type { UserStatus } from "../../../protocol/status.ts";
import { id, of, time } from "./base.ts";

const status = of<UserStatus>()(z.object({
  emoji: z.string(),
  text: z.string().meta({ description: "May be empty." }),
  until: time.nullable().meta({ description: "When it ends by itself." }),
}));

export const user = of<User>()(z.object({
  id,
  username: z.string(),
  displayName: z.string(),
  role: z.enum(["owner", "admin", "member", "bot", "guest"]),
  avatar: z.string().nullable(),
  disabled: z.boolean(),
  status: status.nullable().meta({ description: "What they say of themselves for now." }),
  timeZone: z.string().optional().meta({
    description: "Where their clock stands, such as `Europe/Paris`; missing if unknown or hidden.",
  }),
  namesake: z.literal(true).optional().meta({
    description: "Another person's name looks like this display name: show both names.",
  }),
}));
