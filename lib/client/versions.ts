/** Earlier texts of messages, and texts that come back: asked of the server when they are wanted. */
import type { MessageVersion } from "../protocol/versions.ts";
import type { Api } from "./api.ts";
import type { OwnActions } from "./own_actions.ts";

export function createVersions(api: Api): Pick<OwnActions, "versions" | "restore"> {
  return {
    async versions(message) {
      const path = `/api/messages/${message}/versions`;
      return (await api<{ versions: MessageVersion[] }>("GET", path)).versions;
    },
    /** The event brings it. */
    async restore(message) {
      await api("POST", `/api/messages/${message}/restore`);
    },
  };
}
