/**
 * Joins the parts of the engine into what the island holds: frames go to the state, actions to
 * the server. Creating it touches nothing outside, so that the server can render from it.
 */
import { batch } from "@preact/signals";
import type { ReadyEvent, ServerEvent } from "../protocol/events.ts";
import type { Message } from "../protocol/messages.ts";
import { createActions } from "./actions.ts";
import { createApi } from "./api.ts";
import { createDirectory } from "./directory.ts";
import { createDraftTargets } from "./draft_targets.ts";
import { createDrafts } from "./drafts.ts";
import type { Environment } from "./environment.ts";
import { type Bootstrap, type ChatClient, type Connection, RequestError } from "./model.ts";
import { createIncoming } from "./incoming.ts";
import { createOutbox } from "./outbox.ts";
import { createPages } from "./pages.ts";
import { createPeopleRequests } from "./people_requests.ts";
import { createReadMarks } from "./read_marks.ts";
import { createRecount } from "./recount.ts";
import { createRequests } from "./requests.ts";
import { createRooms } from "./rooms.ts";
import { createConnection } from "./server_link.ts";
import { createSessionWatch } from "./session.ts";
import { createState, learnPresence, viewOf } from "./state.ts";
import { createSync } from "./sync.ts";
import { createTelling } from "./telling.ts";
import { createTyping } from "./typing.ts";

export function createChatClient(bootstrap: Bootstrap, environment: Environment): ChatClient {
  const userId = bootstrap.me.id;
  const state = createState(bootstrap);
  const { notice, noticed, withheld } = createTelling(state);
  const { sessionId, instance } = bootstrap;
  const api = createApi({
    environment,
    sessionId,
    instance,
    refused: (error) => session.refused(error),
  });
  const connection = createConnection({
    environment,
    sessionId,
    instance,
    onState,
    onEvents,
    onFinal: (reason) => session.closed(reason),
    onUnopened,
  });
  const session = createSessionWatch({
    environment,
    instance,
    userId,
    sessionId,
    api,
    ended: (why) => connection.signOut(why),
  });
  const requests = createRequests(environment, connection.send);
  const { request } = requests;
  const outbox = createOutbox({
    instance,
    userId,
    environment,
    send: connection.send,
    withheld,
  });
  const typing = createTyping(environment);
  const marks = createReadMarks(environment, (room, seq) => request({ type: "read", room, seq }));
  const recount = createRecount(environment, api, (room) => rooms.recounted(room));
  const sync = createSync({
    clock: environment,
    known: (room) => rooms.known(room),
    ask: (asked) => request({ type: "sync", rooms: asked }),
  });
  const rooms = createRooms({
    state,
    sync,
    certain: (room, sure) => sure ? recount.done(room) : recount.need(room),
    pendingMark: marks.pending,
    onUnlisted: (room) => {
      directory.showRoom(room).catch((error) => isUnknown(error) && rooms.gone(room));
    },
    onGone(room, isHidden) {
      // A mark on its way is still to be told: what was read does not come back as unread.
      if (!isHidden) marks.forget(room);
      if (state.openRoom.peek() !== room) return;
      if (!isHidden) state.lostRoom.value = room;
      pages.close();
    },
  });
  const drafts = createDrafts({ userId, environment, withheld: () => withheld("storage") });
  const targets = createDraftTargets({
    drafts: drafts.drafts,
    api,
    loaded: (room) => state.histories.peek().get(room)?.timeline.messages ?? [],
  });
  const pages = createPages({
    clock: environment,
    state,
    api,
    rooms,
    onMessages: arrived,
    pendingMark: marks.pending,
  });
  const people = state.users.peek();
  const peopleRequests = createPeopleRequests({
    clock: environment,
    api,
    people,
    onPresence: (told) => learnPresence(state.presence, told),
  });
  const directory = createDirectory(state, rooms, api, bootstrap.home ? null : bootstrap.room);
  const apply = createIncoming({
    userId,
    epoch: bootstrap.epoch,
    ...{ state, rooms, pages, outbox, requests, typing, marks, peopleRequests, targets, arrived },
  });
  /** Counts where the reader went: who has gone on is not taken back by an answer that comes late. */
  let steps = 0;
  let loggingOut = false;
  let sessionEnded = false;

  function onState(next: Connection): void {
    const was = state.connection.peek().state;
    // While a logout is under way, the page must not be left before the outbox is empty.
    if (next.state === "signedOut" && loggingOut) sessionEnded = true;
    else state.connection.value = next;
    if (next.state === "online") {
      outbox.online();
      marks.resume();
      ensurePage();
      checkTargets();
    } else if (was === "online") {
      requests.failAll();
      sync.lost();
      recount.stop();
      marks.stop();
      outbox.offline();
      typing.clear();
      peopleRequests.offline();
    }
  }

  function onEvents(events: ServerEvent[]): void {
    const [first] = events;
    // Another session's: nothing of it may be shown here, and nothing here be sent as theirs.
    if (first?.type === "ready" && !isOurs(first)) return session.foreign(first);
    batch(() => {
      for (const event of events) apply(event);
      sync.flush();
      outbox.release(rooms.known);
      if (events.some((event) => event.type === "changes" && event.reset)) ensurePage();
    });
  }

  function isOurs(ready: ReadyEvent): boolean {
    return ready.instance === instance && ready.user.id === userId &&
      ready.sessionId === sessionId;
  }

  async function open(room: number, aroundSeq?: number): Promise<void> {
    const mine = ++steps;
    state.lostRoom.value = null;
    // A link may lead to one that is not in the list.
    if (!state.rooms.peek().has(room) && state.hidden.peek().rooms > 0) {
      await directory.showRoom(room).catch((error) => mine === steps && unlessUnknown(error));
      if (mine !== steps) return;
    }
    const opened = pages.open(room, aroundSeq);
    checkTargets();
    return opened;
  }

  function close(): void {
    steps++;
    pages.close();
  }

  /** What the open room's draft aims at may have changed while nobody told this tab. */
  function checkTargets(): void {
    const room = state.openRoom.peek();
    if (room !== null) void targets.check(room);
  }

  function arrived(messages: readonly Message[]): void {
    targets.heard(messages);
    for (const message of messages) if (message.userId === userId) outbox.seen(message.clientId);
  }

  /** A server that refuses the upgrade cannot say why: HTTP can. */
  function onUnopened(failures: number): void {
    if (failures < 2) return;
    // A refusal ends the page by itself.
    api("GET", "/api/me").catch(() => {});
  }

  /** Nobody waits for it, but it may fail: the reader gets a line. */
  function ensurePage(): void {
    pages.ensure().catch(notice);
  }

  /** Before the session ends, what this browser keeps of the user is gone. */
  async function logout(): Promise<void> {
    loggingOut = true;
    try {
      await api("POST", "/api/logout").catch(unlessSignedOut);
      drafts.clear();
      await outbox.clear();
      sessionEnded = true;
    } finally {
      loggingOut = false;
      if (sessionEnded) connection.signOut("here");
    }
  }

  let stopListening = () => {};

  return {
    state: viewOf(state, {
      entries: outbox.entries,
      typists: typing.typists,
      drafts: drafts.drafts,
      draftRooms: drafts.rooms,
      draftTargets: targets.targets,
    }),
    actions: createActions({
      state,
      rooms,
      pages,
      outbox,
      typing,
      marks,
      directory,
      drafts,
      connection,
      request,
      noticed,
      open,
      close,
      logout,
    }),
    start() {
      drafts.load();
      checkTargets();
      void outbox.load();
      session.start();
      connection.start();
      // A page that is hidden may be closed next: what was read must not come back as unread.
      stopListening = environment.onVisibility((visible) => {
        if (!visible) drafts.flush();
        if (!visible && state.connection.peek().state === "online") marks.resume();
      });
    },
    tell(code) {
      state.notice.value = { code, message: "" };
    },
    stop() {
      stopListening();
      session.stop();
      connection.stop();
      requests.failAll();
      sync.lost();
      recount.stop();
      marks.stop();
      typing.clear();
      peopleRequests.offline();
      pages.stop();
      outbox.stop();
      drafts.stop();
    },
  };
}

function isUnknown(error: unknown): boolean {
  return error instanceof RequestError &&
    (error.code === "not_found" || error.code === "forbidden");
}

/** What is not there at all is said by whoever opens it. */
function unlessUnknown(error: unknown): void {
  if (!isUnknown(error)) throw error;
}

/** Who signs out of a session that is gone already has what they want. */
function unlessSignedOut(error: unknown): void {
  if (!(error instanceof RequestError && error.code === "unauthenticated")) throw error;
}
