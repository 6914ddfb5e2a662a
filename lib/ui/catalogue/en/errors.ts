/** What is said of each code of the protocol, in English. */
import type { ErrorCode } from "../../../protocol/codes.ts";

export const errors: Record<ErrorCode | "offline", string> = {
  bad_request: "That request could not be understood.",
  unauthenticated: "You are signed out. Please log in again.",
  second_factor: "Prove it a second time.",
  forbidden: "You are not allowed to do that.",
  confirm_first: "Please show that it is you first.",
  factor_first: "Set up a second factor first: reload the page.",
  not_found: "That is not here, or you may not see it.",
  conflict: "That clashes with something that already exists.",
  other_session: "Another account signed in with this browser. This page shows that account now.",
  too_large: "That is too large.",
  invalid: "Something in there is not right. Please check it.",
  rate_limited: "That was a bit too fast. Wait a moment and try again.",
  internal: "Something went wrong on the server.",
  unavailable: "The server is busy just now. Try again in a moment.",
  offline: "The server cannot be reached.",
};
