/**
 * The engine as a page uses it: what views read, the actions they may call, its start and its end.
 */
import { createActions } from "./actions.ts";
import { createEngine } from "./engine.ts";
import type { Environment } from "./environment.ts";
import type { ChatClient } from "./chat_client.ts";
import type { Bootstrap } from "./model.ts";
import { viewOf } from "./state.ts";

/** Creating it has no side effects, so the server can render from it. */
export function createChatClient(bootstrap: Bootstrap, environment: Environment): ChatClient {
  const engine = createEngine(bootstrap, environment);
  const { state, outbox, uploads, typing, drafts, targets, threads, start, stop } = engine;
  return {
    state: viewOf(state, {
      entries: outbox.entries,
      sending: uploads.sending,
      attachments: uploads.attachments,
      typists: typing.typists,
      drafts: drafts.drafts,
      draftRooms: uploads.roomsWith(drafts.rooms),
      draftTargets: targets.targets,
      freshThreads: threads.fresh,
      linked: threads.linked,
    }),
    actions: createActions(engine),
    shelf: environment.shelf,
    start,
    tell(code) {
      state.notice.value = { code, message: "" };
    },
    stop,
  };
}
