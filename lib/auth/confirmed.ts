/** Whether a session may do what is dangerous. It must not know how its holder shows who they are. */
import { confirmFirst } from "../errors.ts";
import { mayEndanger } from "../protocol/permissions.ts";
import type { Timestamp } from "../protocol/time.ts";
import type { Caller } from "./caller.ts";

/** For what a signed-in person asks of auth itself: `confirm_first` unless they confirmed lately. */
export function requireConfirmed(caller: Caller, now: Timestamp): void {
  if (mayEndanger(caller.confirmedAt, now) !== "allowed") throw confirmFirst();
}
