/** The schema of a person: see `objects.ts`. */
import * as z from "zod";
import type { User } from "../../../protocol/people.ts";
import { id, of } from "./base.ts";

export const user = of<User>()(z.object({
  id,
  username: z.string(),
  displayName: z.string(),
  role: z.enum(["owner", "admin", "member", "bot", "guest"]),
  avatar: z.string().nullable(),
  disabled: z.boolean(),
  namesake: z.literal(true).optional().meta({
    description: "Another person's name looks like this display name: show both names.",
  }),
}));
