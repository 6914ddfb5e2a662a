/** The actions the views may call, passed to the parts of the engine that do them. */
import { batch } from "@preact/signals";
import type { FrameInput } from "../protocol/frames.ts";
import { cleanText } from "../protocol/text.ts";
import type { FileCalls } from "./files_model.ts";
import type { EmojiActions } from "./emoji_model.ts";
import type { LaterActions } from "./later_actions.ts";
import type { ChatActions } from "./model.ts";
import { createSignIns } from "./devices.ts";
import type { Engine } from "./engine.ts";
import { createMarking } from "./reading.ts";
import { createVersions } from "./versions.ts";
import { fetched } from "./request_error.ts";
import { createSaving } from "./saved.ts";
import { createSeen } from "./seen.ts";
import { createStatus } from "./status.ts";
import { createThreadActions } from "./threads.ts";
import { createUploadActions } from "./uploads.ts";

export function createActions(engine: Engine): ChatActions {
  const { state, pages, drafts, typing, link, opening } = engine;
  const noticed = <T>(work: Promise<T>) => engine.telling.noticed(work);

  const roomOf = (id = state.openRoom.peek() ?? 0) => state.rooms.peek().get(id);

  async function command(what: FrameInput): Promise<void> {
    await noticed(engine.requests.request(what));
  }

  return {
    ...engine.directory,
    ...createSaving(state.saved, engine.api),
    ...createSeen(state.seen, engine.api),
    ...createStatus(state, engine.api),
    ...createSignIns(state.signIns, engine.api),
    ...createMarking(engine),
    ...createVersions(engine.api),
    ...createThreadActions(engine.threads),
    ...createUploadActions(engine.uploads),
    ...createUnsent(engine),
    later: () => laterOf(engine),
    fileCalls: () => fileCallsOf(engine),
    customEmoji: () => emojiOf(engine),
    openRoom: (room, aroundSeq) => noticed(batch(() => opening.open(room, aroundSeq))),
    closeRoom: () => batch(() => opening.close()),
    // The page shows that they are missing, and asks again every few seconds: no notice each time.
    loadBefore: () => pages.before(),
    loadAfter: () => pages.after(),
    jumpToNewest: () => batch(() => pages.newest()),
    showUnread: () => noticed(batch(() => pages.unread())),
    showPlace: (seq, top) => noticed(batch(() => pages.place(seq, top))),
    renewDivider: () => pages.renewDivider(),
    dismissMissing() {
      state.missing.value = false;
    },
    send(text, replyTo = null, id, alone = false) {
      const room = roomOf(id);
      return room !== undefined && send(engine, room.id, cleanText(text).trim(), replyTo, alone);
    },
    findMessage: (id) => engine.targets.want(id),
    changeDraft: (key, change) => drafts.change(key, change),
    prefillDraft: (room, text) => drafts.prefill(room, text),
    edit: (message, text) => command({ type: "edit", message, text: cleanText(text) }),
    remove: (message) => command({ type: "delete", message }),
    react: (message, emoji, on) => command({ type: "react", message, emoji, on }),
    typing(id) {
      const room = roomOf(id);
      if (room === undefined || state.connection.peek().state !== "online") return;
      if (typing.shouldTell(room.id)) link.send({ type: "typing", room: room.id });
    },
    reconnectNow: link.reconnectNow,
    dismissNotice: () => void (state.notice.value = null),
    dismissWithheld() {
      state.withheld.value = [];
    },
  };
}

function send(
  { uploads, outbox }: Engine,
  room: number,
  text: string,
  replyTo: number | null,
  alone: boolean,
): boolean {
  const taken = alone ? undefined : uploads.here?.drafts.take(room);
  if (taken === null || (text === "" && taken === undefined)) return false;
  outbox.add(room, text, replyTo, undefined, taken);
  return true;
}

/** What can be done with a message that was not sent. */
function createUnsent(
  engine: Engine,
): Pick<ChatActions, "mayTakeBack" | "takeBack" | "resend" | "discard"> {
  const { uploads, outbox } = engine;
  return {
    mayTakeBack: (clientId) => outbox.isFresh(clientId),
    // The draft stays as it is, and so does the message, without its script.
    takeBack: (clientId) =>
      void import("./taking_back.ts").then((part) => part.takeBack(engine, clientId)).catch(
        () => {},
      ),
    resend(clientId) {
      void uploads.here?.messages.again(clientId);
      outbox.resend(clientId);
    },
    discard(clientId) {
      void uploads.here?.messages.discarded(clientId);
      outbox.discard(clientId);
    },
  };
}

/** Fetched with the first thing that is planned, for which there must be a connection anyway. */
async function laterOf(engine: Engine): Promise<LaterActions> {
  const { createLater } = await fetched(import("./later.ts"));
  return createLater(engine, engine.environment.newClientId);
}

async function emojiOf({ api, state }: Engine): Promise<EmojiActions> {
  const { createCustomEmoji } = await fetched(import("./custom_emoji.ts"));
  return createCustomEmoji(state, api);
}

async function fileCallsOf(engine: Engine): Promise<FileCalls> {
  const { createFileCalls } = await fetched(import("./files.ts"));
  return createFileCalls(engine);
}
