/**
 * What stands for a name or an address where several nodes count together: a keyed hash, so that
 * nobody who reads the bus or a dump of it learns who tried to sign in from where. Apart from the
 * limits, because it loads Node's crypto: only a server that shares its counts needs it.
 */
import { createHmac } from "node:crypto";

/** Two of many keys being taken for one is as likely as guessing a session's token: no matter. */
const LENGTH = 22;

/** @param secret at least 32 bytes, the same on every node; what is hidden tells nothing of it */
export function createHide(secret: Uint8Array): (key: string) => string {
  // A key of its own: what signs sessions must sign nothing else.
  const own = createHmac("sha256", secret).update("confab limits").digest();
  return (key) => createHmac("sha256", own).update(key).digest("base64url").slice(0, LENGTH);
}
