/**
 * Joins the parts of the engine, which runs in a page or without one. Creating it has no side
 * effects, so the server can render from it.
 */
import type { ServerEvent } from "../protocol/events.ts";
import type { Message } from "../protocol/messages.ts";
import { createApi } from "./api.ts";
import { learnDeleted } from "./deletions.ts";
import { createDirectory } from "./directory.ts";
import type { DraftTargets } from "./draft_targets.ts";
import type { Engine, Ground, Line, ReadingParts, WritingParts } from "./engine_parts.ts";
import type { Environment } from "./environment.ts";
import { Incoming } from "./incoming.ts";
import type { Bootstrap, ConnectionState } from "./model.ts";
import { isUnknown, Opening } from "./opening.ts";
import { Pages } from "./pages.ts";
import { PeopleRequests } from "./people_requests.ts";
import { ReadMarks } from "./read_marks.ts";
import { Recount } from "./recount.ts";
import { Requests } from "./requests.ts";
import { Rooms } from "./rooms.ts";
import { ServerLink } from "./server_link.ts";
import { createSessionWatch } from "./session.ts";
import { createState, type EngineState, learnPresence } from "./state.ts";
import { Sync } from "./sync.ts";
import { Telling } from "./telling.ts";
import { Threads } from "./threads.ts";
import { createWriting } from "./writing_parts.ts";

export type { Engine };

/** @param heard gets each event after the engine has processed it */
export function createEngine(
  bootstrap: Bootstrap,
  environment: Environment,
  heard: (event: ServerEvent) => void = () => {},
): Engine {
  const state = createState(bootstrap);
  const ground: Ground = { bootstrap, environment, state, telling: new Telling(state) };
  const line = createLine(
    ground,
    (next) => follow(engine, next),
    (events) => incoming.take(events),
  );
  const writing = createWriting(ground, line);
  const arrived = (messages: readonly Message[]) => {
    writing.targets.heard(messages);
    learnDeleted(state.deleted, messages);
    for (const message of messages) {
      if (message.userId !== bootstrap.me.id) continue;
      writing.uploads.here?.messages.ended(message.clientId);
      writing.outbox.discard(message.clientId);
    }
  };
  const reading = createReading(ground, line, writing, arrived);
  const peopleRequests = new PeopleRequests({
    clock: environment,
    api: line.api,
    people: state.users.peek(),
    onPresence: (told) => learnPresence(state.presence, told),
  });
  const parts = { ...ground, ...line, ...writing, ...reading, peopleRequests };
  const incoming = new Incoming({
    ...parts,
    heard,
    arrived(messages) {
      arrived(messages);
      reading.threads.heard(messages);
    },
  });
  let stopListening = () => {};
  const engine: Engine = {
    ...parts,
    start() {
      stopListening = begin(engine, environment);
    },
    stop() {
      stopListening();
      end(engine);
    },
  };
  return engine;
}

function createLine(
  { bootstrap, environment }: Ground,
  onState: (next: ConnectionState) => void,
  onEvents: (events: ServerEvent[]) => void,
): Line {
  const { sessionId, instance, me } = bootstrap;
  const whose = { environment, sessionId, instance };
  const api = createApi({ ...whose, refused: (error) => session.refused(error) });
  const link = new ServerLink({
    ...whose,
    onState,
    onEvents,
    onFinal: (reason) => session.closed(reason),
    // A refused upgrade cannot say why; HTTP can, and a refusal there ends the session.
    onUnopened: (failures) => void (failures < 2 || api("GET", "/api/me").catch(() => {})),
  });
  const session = createSessionWatch({
    ...whose,
    userId: me.id,
    api,
    ended: (why) => link.signOut(why),
  });
  return { api, link, session, requests: new Requests(environment, link.send) };
}

function createReading(
  { bootstrap, environment, state }: Ground,
  { api, requests }: Line,
  { targets, outbox, uploads }: WritingParts,
  onMessages: (messages: readonly Message[]) => void,
): ReadingParts {
  const clock = environment;
  const marks = new ReadMarks(clock, (room, seq) => requests.request({ type: "read", room, seq }));
  const recount = new Recount(clock, api, (room) => rooms.recounted(room));
  const sync: Sync = new Sync({
    clock,
    known: (room) => rooms.known(room),
    ask: (asked) => requests.request({ type: "sync", rooms: asked }),
  });
  const rooms = new Rooms({
    state,
    sync,
    certain: (room, sure) => sure ? recount.done(room) : recount.need(room),
    marks,
    onUnlisted: (room) => {
      directory.showRoom(room).catch((error) => isUnknown(error) && rooms.gone(room));
    },
    onGone(room, isHidden) {
      // A mark on its way must still be sent: what was read must not come back as unread.
      if (!isHidden) marks.forget(room);
      if (state.openRoom.peek() !== room) return;
      if (!isHidden) state.lostRoom.value = room;
      pages.close();
    },
  });
  const pages = new Pages({ clock, state, api, rooms, marks, onMessages });
  const directory = createDirectory({ state, rooms, api }, bootstrap.home ? null : bootstrap.room);
  const onOpened = () => checkTargets(state, targets);
  const opening = new Opening({ state, pages, directory, marks, onOpened });
  const threads = new Threads(
    { clock, state, api, outbox, uploads, onMessages },
    bootstrap.threads ?? [],
  );
  return { marks, recount, sync, rooms, pages, directory, opening, threads };
}

function begin(engine: Engine, environment: Environment): () => void {
  const { state, drafts, targets, outbox, session, link, marks } = engine;
  drafts.load();
  checkTargets(state, targets);
  void outbox.load();
  engine.uploads.start(engine);
  session.start();
  link.start();
  // A page that is hidden may be closed next: what was read must not come back as unread.
  return environment.onVisibility((visible) => {
    if (!visible) drafts.flush();
    if (!visible) engine.draftSync.flush();
    if (!visible && state.connection.peek().state === "online") marks.resume();
  });
}

function end(engine: Engine): void {
  const { session, link, pages, outbox, drafts, uploads } = engine;
  session.stop();
  link.stop();
  rest(engine);
  for (const part of [pages, outbox, drafts, uploads]) part.stop();
}

/** What starts when the connection is up, and what ends with it. */
function follow(engine: Engine, next: ConnectionState): void {
  const { state, outbox, marks, pages, telling, targets } = engine;
  const was = state.connection.peek().state;
  state.connection.value = next;
  if (next.state === "online") {
    outbox.online();
    marks.resume();
    // Nobody waits for it, but it may fail: the reader then sees a notice.
    pages.ensure().catch((error) => telling.notice(error));
    checkTargets(state, targets);
  } else if (was === "online") {
    rest(engine);
    outbox.offline();
  } else if (next.state === "waiting") engine.requests.failAll();
}

/** Without a connection nothing is on its way. */
function rest(engine: Engine): void {
  const { requests, uploads, draftSync, sync, recount, marks, threads, typing, peopleRequests } =
    engine;
  requests.failAll();
  uploads.epoch.value = null;
  draftSync.offline();
  threads.marks.stop();
  sync.lost();
  recount.stop();
  marks.stop();
  typing.clear();
  peopleRequests.offline();
}

/** The open room's draft target may have changed without this tab being told. */
function checkTargets({ openRoom }: EngineState, targets: DraftTargets): void {
  const room = openRoom.peek();
  if (room !== null) void targets.check(room);
}
