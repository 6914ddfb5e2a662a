/** What the database knows of how the chat is doing. */
import type { StoredHealth } from "../../protocol/health.ts";

export interface Health {
  /** Only for the owner and admins (`forbidden`). */
  getHealth(input: { userId: number }): Promise<StoredHealth>;
}
