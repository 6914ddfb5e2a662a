/** What edited messages said before. */
import type { MessageVersion } from "../../protocol/versions.ts";

export interface Versions {
  /**
   * The earlier texts of a message that the user may read, oldest first: the first, and the last
   * ones, `VERSIONS_KEPT` in all. Nothing of one that was deleted.
   */
  listVersions(input: { userId: number; message: number }): Promise<MessageVersion[]>;
}
