/** Lost passwords: links that set a new one, once. Schemas for the server. */
import * as field from "./fields.ts";
import type { Timestamp } from "./time.ts";

/** How a link came about: staff made it, the operator did, or its reader asked for it by mail. */
export type ResetOrigin = "staff" | "operator" | "mail";

/** What staff hand to somebody who has lost the password. It is shown once. */
export interface ResetLink {
  url: string;
  expiresAt: Timestamp;
}

/** More characters than a link's token has; longer ones are not looked at. */
export const LONGEST_TOKEN = 128;

export const resetUser = field.object(() => ({ userId: field.id }));

/** "Forgot your password?": a username or an e-mail address. */
export const askReset = field.object(() => ({ name: field.shortText(256) }));

/** What the link's page, or a program in its place, sends. */
export const usePasswordReset = field.object(() => ({
  token: field.shortText(LONGEST_TOKEN),
  password: field.password,
}));
