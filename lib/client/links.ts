/** Taking the preview of a link away from a message. */
import type { Api } from "./api.ts";
import type { OwnActions } from "./own_actions.ts";

export function createLinks(api: Api): Pick<OwnActions, "removeLink"> {
  return {
    /** The event brings the message without it. */
    async removeLink(message, url) {
      await api("DELETE", `/api/messages/${message}/links?url=${encodeURIComponent(url)}`);
    },
  };
}
