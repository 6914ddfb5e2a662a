/** Taking the preview of a link away from a message: a part of `files.ts`, fetched when it is wanted. */
import type { Api } from "./api.ts";
import type { FileCalls } from "./files_model.ts";

export function createLinks(api: Api): Pick<FileCalls, "removeLink"> {
  return {
    /** The event brings the message without it. */
    async removeLink(message, url) {
      await api("DELETE", `/api/messages/${message}/links?url=${encodeURIComponent(url)}`);
    },
  };
}
