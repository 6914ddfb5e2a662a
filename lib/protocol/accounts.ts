/**
 * A user's own account, and what admins do to others': signup, login, the password, settings,
 * roles. Schemas for the server; the browser imports the types only.
 */
import * as z from "zod";
import * as field from "./fields.ts";
import { INVITE_TEXT } from "./invite_codes.ts";
import { NOTE_LENGTH } from "./limits.ts";
import { loginName } from "./names.ts";
import type { User } from "./people.ts";
import { timeZone, userStatus } from "./status.ts";

export type Language = "en" | "ru";
export type Theme = "light" | "dark" | "system";

/**
 * What `GET /api/me` returns: the caller and their settings. A `null` language is the browser's.
 */
export interface Me extends User {
  language: Language | null;
  theme: Theme;
  /** Whether others see what time it is where the user is. */
  showLocalTime: boolean;
}

export const signup = field.object(() => ({
  username: field.username,
  password: field.password,
  displayName: field.displayName.optional(),
  /** An invitation's code, or the link to it. */
  invite: field.shortText(INVITE_TEXT).optional(),
  /** What staff read of whoever asks to join. */
  note: field.note(NOTE_LENGTH).optional(),
}));

/**
 * Login must not refuse by its form a name or password that signup once accepted: it only compares.
 */
export const login = field.object(() => ({
  username: field.shortText(256).transform(loginName),
  password: field.shortText(1024),
}));

export const changePassword = field.object(() => ({
  current: field.shortText(1024),
  password: field.password,
}));

export const updateMe = field.object(() => ({
  displayName: field.displayName.optional(),
  language: z.enum(["en", "ru"]).nullable().optional(),
  theme: z.enum(["light", "dark", "system"]).optional(),
  status: userStatus.nullable().optional(),
  /** Kept only while others may see it. */
  timeZone: timeZone.optional(),
  showLocalTime: z.boolean().optional(),
}));

/** For the instance's owner and admins. */
export const updateUser = field.object(() => ({
  userId: field.id,
  disabled: z.boolean().optional(),
  role: z.enum(["admin", "member", "bot", "guest"]).optional(),
}));
