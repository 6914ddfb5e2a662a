/** The parts of the engine that deal with what the user writes, and what they need of each other. */
import { DraftDevices } from "./draft_devices.ts";
import { DraftTargets } from "./draft_targets.ts";
import { Drafts } from "./drafts.ts";
import type { Ground, Line, WritingParts } from "./engine_parts.ts";
import type { Withheld } from "./model.ts";
import { Outbox } from "./outbox.ts";
import { Typing } from "./typing.ts";
import { Uploads } from "./uploads.ts";

export function createWriting(
  { bootstrap, environment, state, telling }: Ground,
  { api, link }: Line,
): WritingParts {
  const { instance, me: { id: userId } } = bootstrap;
  const withheld = (what: Withheld) => telling.withheld(what);
  const drafts = new Drafts({
    userId,
    environment,
    withheld: () => withheld("storage"),
    changed: (key) => draftSync.changed(key),
  });
  const draftSync = new DraftDevices({ userId, environment, api, drafts });
  const uploads = new Uploads();
  return {
    drafts,
    draftSync,
    uploads,
    targets: new DraftTargets({
      drafts: drafts.drafts,
      api,
      loaded: (room) => state.histories.peek().get(room)?.timeline.messages ?? [],
    }),
    outbox: new Outbox({
      instance,
      userId,
      environment,
      send: link.send,
      files: uploads,
      withheld,
    }),
    typing: new Typing(environment),
  };
}
