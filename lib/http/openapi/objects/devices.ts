/** The schemas of new sign-ins, and of signing in on a phone: see `objects.ts`. */
import * as z from "zod";
import {
  PHONE_LINK_STATES,
  type PhoneClaim,
  type PhoneLink,
  type SignIn,
} from "../../../protocol/devices.ts";
import { WAYS_IN } from "../../../protocol/ways_in.ts";
import { id, of, time } from "./base.ts";
import { user } from "./people.ts";

export const signIn = of<SignIn>()(z.object({
  id: id.meta({ description: "The session's." }),
  at: time,
  device: z.string(),
  address: z.string(),
  way: z.enum(WAYS_IN),
  ended: z.boolean().meta({ description: "The session is over." }),
}));
export const signIns = z.object({ signIns: z.array(signIn) });

export const phoneLink = of<PhoneLink>()(z.object({
  id,
  state: z.enum(PHONE_LINK_STATES),
  url: z.string().nullable().meta({ description: "`null` once a phone has opened it." }),
  device: z.string().nullable().meta({ description: "The phone that wants in." }),
  address: z.string().nullable(),
  check: z.string().nullable().meta({ description: "Four digits that both devices show." }),
  expiresAt: time,
}));
export const phoneClaim = of<PhoneClaim>()(z.object({
  ticket: z.string().meta({ description: "For this phone alone." }),
  check: z.string(),
  user: user.meta({ description: "Whose account it would be." }),
  expiresAt: time,
}));
export const phoneWaiting = z.object({ state: z.literal("asked") });
