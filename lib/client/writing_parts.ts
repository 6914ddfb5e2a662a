/** The parts of the engine that deal with what the user writes, and what they need of each other. */
import { DraftDevices } from "./draft_devices.ts";
import { DraftTargets } from "./draft_targets.ts";
import { Drafts } from "./drafts.ts";
import type { Ground, Line, WritingParts } from "./engine_parts.ts";
import type { Withheld } from "./model.ts";
import { Outbox } from "./outbox.ts";
import { Typing } from "./typing.ts";
import { Uploads, type UploadsOptions } from "./uploads.ts";

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
  const renew = (clientId: string) => uploads.here?.renew(clientId);
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
      idsOf: uploads.idsOf,
      renew,
      withheld,
    }),
    typing: new Typing(environment),
  };
}

/** What files on their way need, once the page is alive. */
export function uploadOptions(
  { bootstrap, environment, state, telling }: Ground,
  { api }: Line,
  { outbox }: WritingParts,
): UploadsOptions {
  const { instance, sessionId, me: { id: userId } } = bootstrap;
  const { limits } = state;
  const withheld = () => telling.withheld("files");
  return { userId, sessionId, instance, environment, api, outbox, limits, withheld };
}
