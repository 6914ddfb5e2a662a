/** People's pictures, in the database: small, few, gone with the person, and in every backup. */
import type { Me } from "../../protocol/accounts.ts";
import type { KeptPicture, NewPicture } from "../../protocol/small_pictures.ts";

export interface Avatars {
  /** The caller's own, in the place of the one before; null removes it. The user's change is told. */
  setAvatar(input: { userId: number; picture: NewPicture | null }): Promise<Me>;
  /** Null if that is not the person's picture now, or the caller may not see the person. */
  avatarPicture(
    input: { userId: number; id: number; version: string },
  ): Promise<KeptPicture | null>;
}
