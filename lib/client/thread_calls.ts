/** What is asked of the server about threads. */
import type { ThreadsPage, TopicsPage } from "../protocol/threads.ts";
import type { Api } from "./api.ts";
import type { ThreadCalls } from "./threads_model.ts";

export function createThreadCalls(api: Api): ThreadCalls {
  return {
    async follow(root, on) {
      await api<void>(on ? "PUT" : "DELETE", `/api/messages/${root}/follow`);
    },
    async giveTitle(root, title) {
      await api<void>("PATCH", `/api/messages/${root}/thread`, { title });
    },
    topics: (room, before) =>
      api<TopicsPage>("GET", `/api/rooms/${room}/topics${before ? `?before=${before}` : ""}`),
    own: (unread, before) =>
      api<ThreadsPage>(
        "GET",
        `/api/me/threads?limit=30${unread ? "&unread=1" : ""}${before ? `&before=${before}` : ""}`,
      ),
  };
}
