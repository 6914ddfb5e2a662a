/**
 * The host's wish that staff, or everybody, has a second factor. Whoever came in by half a proof and
 * has none may set one up, and do nothing else. It must not know HTTP or which pages those are.
 */
import type { UserRole } from "../protocol/people.ts";
import { isWholeProof, type RequiredOf, type WayIn } from "../protocol/ways_in.ts";
import type { Store } from "../store/store.ts";

export interface RequiredFactorOptions {
  store: Pick<Store, "secondFactors">;
  /** Of whom the host requires one, now. */
  requiredOf(): RequiredOf;
}

export class RequiredFactor {
  constructor(private readonly options: RequiredFactorOptions) {}

  /** Whether somebody with this role has to have one. */
  isRequiredOf(role: UserRole): boolean {
    const required = this.options.requiredOf();
    const isStaff = role === "owner" || role === "admin";
    // A bot has no phone: its password is a long random one.
    return required !== "optional" && role !== "bot" && (required === "all" || isStaff);
  }

  /** Whether this session has to set one up before anything else. Asks the store only if it matters. */
  async isMissing(user: { id: number; role: UserRole }, way: WayIn): Promise<boolean> {
    if (!this.isRequiredOf(user.role) || isWholeProof(way)) return false;
    return (await this.options.store.secondFactors({ userId: user.id })).length === 0;
  }
}
