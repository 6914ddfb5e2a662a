/** What staff have set for the whole workspace. The store knows no key. */
import type { Timestamp } from "../../protocol/time.ts";

export interface Workspace {
  /** Each key that was set, with its value. */
  storedWorkspace(): Promise<Record<string, unknown>>;
  /** The picture's bytes, as base64; null if it is not the picture now. */
  logoData(input: { version: string }): Promise<{ type: string; data: string } | null>;
  /** Puts a picture in the place of the one before. Only by the owner or an admin (`forbidden`). */
  setLogo(input: {
    actorId: number;
    version: string;
    type: string;
    data: string;
    address?: string | undefined;
    now: Timestamp;
  }): Promise<void>;
  /** Resolves if the user is the owner or an admin now; else `forbidden`. */
  requireStaff(input: { userId: number }): Promise<void>;
  /**
   * Sets keys, or with `null` takes back what was set. Only by the owner or an admin (`forbidden`).
   * What changed is told to every node before the answer.
   */
  updateWorkspace(input: {
    actorId: number;
    set: Record<string, unknown>;
    /** The actor's, for the audit log. */
    address?: string | undefined;
    now: Timestamp;
  }): Promise<void>;
}
