/**
 * Joins the parts of the engine into what the island holds: frames go to the state, actions to
 * the server. Creating it touches nothing outside, so that the server can render from it.
 */
import { batch } from "@preact/signals";
import type { ReadyEvent, ServerEvent } from "../protocol/events.ts";
import type { Message } from "../protocol/objects.ts";
import { createActions } from "./actions.ts";
import { createApi } from "./api.ts";
import { createDirectory } from "./directory.ts";
import { createDraftTargets } from "./draft_targets.ts";
import { createDrafts } from "./drafts.ts";
import type { Environment } from "./environment.ts";
import {
  type Bootstrap,
  type ChatClient,
  type Connection,
  RequestError,
  type Withheld,
} from "./model.ts";
import { createOutbox } from "./outbox.ts";
import { createPages } from "./pages.ts";
import { createPeopleRequests } from "./people_requests.ts";
import { createReadMarks } from "./read_marks.ts";
import { createRecount } from "./recount.ts";
import { createRequests } from "./requests.ts";
import { createRooms } from "./rooms.ts";
import { createConnection } from "./socket.ts";
import { createSessionWatch } from "./session.ts";
import { createState, learnPresence, learnSelf, viewOf } from "./state.ts";
import { createSync } from "./sync.ts";
import { createTyping } from "./typing.ts";

export function createChatClient(bootstrap: Bootstrap, environment: Environment): ChatClient {
  const userId = bootstrap.me.id;
  const state = createState(bootstrap);
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
  const recount = createRecount(environment, api, (room) => rooms.merge(room));
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
    onGone(room) {
      marks.forget(room);
      if (state.openRoom.peek() !== room) return;
      state.lostRoom.value = room;
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
  /** Each is told once. */
  const told = new Set<Withheld>();
  let epoch = bootstrap.epoch;
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

  function apply(event: ServerEvent): void {
    switch (event.type) {
      case "ready":
        return ready(event);
      case "message":
        if (event.message.seq === event.rev) typing.ended(event.room, event.message.userId);
        rooms.message(event);
        markOwn(event.message);
        return arrived([event.message]);
      case "changes":
        rooms.changes(event);
        return arrived(event.messages);
      case "ack":
      case "error":
        return outbox.settle(event) ? undefined : requests.settle(event);
      case "room":
        return rooms.merge(event.room);
      case "left":
        return rooms.gone(event.room, event.hidden);
      case "read":
        return rooms.read(event.room, event.seq);
      case "user":
        people.learn([event.user]);
        if (event.user.id === userId) learnSelf(state.me, event.user);
        return;
      case "typing":
        return event.userId === userId ? undefined : typing.heard(event.room, event.userId);
      case "presence":
        state.presence.value = presenceOf(event.users, state.presence.peek());
        return;
    }
  }

  function ready(event: ReadyEvent): void {
    const sameEpoch = epoch === null || epoch === event.epoch;
    epoch = event.epoch;
    if (!sameEpoch) forgetHistory();
    rooms.ready(event, sameEpoch);
    peopleRequests.online([...event.users, event.user]);
    state.presence.value = presenceOf(event.presence, new Map());
    state.limits.value = event.limits;
    learnSelf(state.me, event.user);
  }

  /** Where the server does not know yet how far one has read, one's own message cannot move it on. */
  function markOwn({ room, userId: author, seq }: Message): void {
    const read = state.rooms.peek().get(room)?.membership.readSeq;
    if (author === userId && read === seq && marks.pending(room) > 0) marks.mark(room, seq);
  }

  /** What was acknowledged, read or named there says nothing of what is here. */
  function forgetHistory(): void {
    outbox.release(() => Infinity);
    for (const room of state.rooms.peek().keys()) marks.forget(room);
    people.clear();
    targets.forget();
  }

  async function open(room: number, aroundSeq?: number): Promise<void> {
    state.lostRoom.value = null;
    // A link may lead to one that is not in the list.
    if (!state.rooms.peek().has(room) && state.hidden.peek().rooms > 0) {
      await directory.showRoom(room).catch(unlessUnknown);
    }
    const opened = pages.open(room, aroundSeq);
    checkTargets();
    return opened;
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

  function withheld(what: Withheld): void {
    if (told.has(what)) return;
    told.add(what);
    state.withheld.value = [...state.withheld.peek(), what];
  }

  function notice(error: unknown): void {
    if (!(error instanceof RequestError)) return;
    state.notice.value = { code: error.code, message: error.message };
  }

  /** Nobody waits for it, but it may fail: the reader gets a line. */
  function ensurePage(): void {
    pages.ensure().catch(notice);
  }

  /** The same for what somebody waits for, too. */
  async function noticed<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      notice(error);
      throw error;
    }
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

function presenceOf<S>(news: Record<string, S>, known: ReadonlyMap<number, S>): Map<number, S> {
  const presence = new Map(known);
  for (const [id, status] of Object.entries(news)) presence.set(Number(id), status);
  return presence;
}
