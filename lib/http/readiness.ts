/** What `/readyz` says when the program is about to stop. It knows no route. */
import { ConfabError } from "../errors.ts";

/** Rejects: balancers are to send nobody here any more. */
export function refuseReadiness(): Promise<never> {
  return Promise.reject(new ConfabError("unavailable", "This server is about to stop."));
}
