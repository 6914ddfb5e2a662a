/** The second factor: what is sent to finish a sign-in that asks for one. Schemas for the server. */
import * as field from "./fields.ts";

/** `code`: of the authenticator app, or one of the recovery codes. */
export const loginSecond = field.object(() => ({
  ticket: field.shortText(256),
  code: field.shortText(64),
}));
