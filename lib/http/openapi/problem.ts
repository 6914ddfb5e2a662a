/** The schema of a refusal, which any request may get as its answer. */
import * as z from "zod";
import { ERROR_STATUS, SESSION_ENDS } from "../../protocol/codes.ts";
import { SECOND_FACTORS } from "../../protocol/ways_in.ts";

const REASONS = [
  "missing",
  "unknown",
  "malformed",
  "too_short",
  "too_long",
  "controls",
  "blank",
  "characters",
  "invisible",
  "taken",
  "looks_like",
  "common",
  "own_name",
  "wrong",
  "waiting",
  "refused",
  "invalid",
] as const;

/** RFC 9457, with our code. */
export const problem = z.object({
  type: z.literal("about:blank"),
  title: z.string(),
  status: z.int(),
  detail: z.string().meta({ description: "A sentence for developers." }),
  code: z.enum(Object.keys(ERROR_STATUS) as (keyof typeof ERROR_STATUS)[]).meta({
    description: "For programs.",
  }),
  errors: z.array(z.object({
    path: z.string().meta({ description: 'The field, dotted: "users.0".' }),
    message: z.string().meta({ description: "For developers." }),
    reason: z.enum(REASONS).meta({ description: "For programs." }),
  })).max(20).optional().meta({ description: "If fields are the cause: which, and why." }),
  limit: z.int().nonnegative().optional().meta({
    description: "With `too_large` of files: the limit, in bytes.",
  }),
  scope: z.enum(["file", "user", "all", "disk"]).optional().meta({
    description: "Of what that is the limit; `disk`: what is to stay free there.",
  }),
  reason: z.enum(SESSION_ENDS).optional().meta({
    description: "With `unauthenticated`: why the session ended, if known.",
  }),
  ticket: z.string().optional().meta({
    description: "With `second_factor`: for `POST /api/login/second`. Lives 5 minutes, 5 tries.",
  }),
  methods: z.array(z.enum(SECOND_FACTORS)).optional().meta({
    description: "With `second_factor`: what the account has.",
  }),
});
