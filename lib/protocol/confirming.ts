/**
 * Showing once more who one is, before something dangerous is done: a session left open, or a token
 * that was stolen, must not be enough to take an account over. How long that holds is a rule:
 * `permissions.ts`. Schemas for the server; the browser imports types alone.
 */
import * as z from "zod";
import * as field from "./fields.ts";
import { assertion } from "./passkeys.ts";
import type { Timestamp } from "./time.ts";

/** With what somebody may show it: what they know, an authenticator's code, a passkey. */
export const CONFIRM_METHODS = ["password", "code", "passkey"] as const;
export type ConfirmMethod = typeof CONFIRM_METHODS[number];

/** What the account may confirm with, and until when dangerous acts are allowed (null: not now). */
export interface ConfirmState {
  methods: ConfirmMethod[];
  until: Timestamp | null;
}

/** One proof. */
export const confirm = z.lazy(() =>
  z.strictObject({
    password: field.shortText(1024).optional(),
    code: field.shortText(64).optional(),
    passkey: assertion.optional(),
  }).superRefine((proof, context) => {
    if (Object.values(proof).filter((value) => value !== undefined).length === 1) return;
    context.addIssue({ code: "custom", message: "must have one proof" });
  })
);

export type ConfirmProof = z.output<typeof confirm>;
