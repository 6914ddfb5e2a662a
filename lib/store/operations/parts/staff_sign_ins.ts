/** Staff's sign-ins in the audit log: an account that could take the place over is watched. */
import { mayAdminister } from "../../../protocol/permissions.ts";
import type { User } from "../../../protocol/people.ts";
import type { WayIn } from "../../../protocol/ways_in.ts";
import type { Driver } from "../../driver.ts";
import { bySelf, recordAudit } from "./audit.ts";

export async function recordStaffSignIn(
  db: Driver,
  user: User,
  { way, address, at }: { way: WayIn; address: string; at: number },
): Promise<void> {
  if (mayAdminister(user) !== "allowed") return;
  const detail = { way };
  await recordAudit(db, { ...bySelf(user.id), action: "sign_in.done", detail, address, at });
}

/** `step`: the password, or what was shown after it. */
export async function recordStaffFailure(
  db: Driver,
  user: User,
  { step, address, at }: { step: "password" | "second"; address: string; at: number },
): Promise<void> {
  if (mayAdminister(user) !== "allowed") return;
  const who = { actor: "stranger", target: { user: user.id } } as const;
  await recordAudit(db, { ...who, action: "sign_in.failed", detail: { step }, address, at });
}
