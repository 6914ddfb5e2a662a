/**
 * Passes the server's events to the parts of the engine they concern. It must not know what those
 * do with them, nor the connection's state.
 */
import { batch } from "@preact/signals";
import type { Here } from "../protocol/workspace.ts";
import type {
  ReadyEvent,
  ReminderEvent,
  ReminderSetEvent,
  ServerEvent,
} from "../protocol/events.ts";
import type { Reminder } from "../protocol/reminders.ts";
import type { User } from "../protocol/people.ts";
import type { Message } from "../protocol/messages.ts";
import { applySignIns } from "./devices.ts";
import type { DraftDevices } from "./draft_devices.ts";
import type { DraftTargets } from "./draft_targets.ts";
import type { Bootstrap } from "./model.ts";
import type { Outbox } from "./outbox.ts";
import type { Pages } from "./pages.ts";
import type { PeopleRequests } from "./people_requests.ts";
import type { ReadMarks } from "./read_marks.ts";
import { applyUnread } from "./reading.ts";
import type { Requests } from "./requests.ts";
import type { Rooms } from "./rooms.ts";
import { applySaved } from "./saved.ts";
import { applySeen } from "./seen.ts";
import type { SessionWatch } from "./session.ts";
import { type EngineState, learnSelf, NOTHING_LATER } from "./state.ts";
import type { Sync } from "./sync.ts";
import type { Telling } from "./telling.ts";
import type { Threads } from "./threads.ts";
import type { Typing } from "./typing.ts";
import type { Uploads } from "./uploads.ts";

export interface IncomingOptions {
  /** Whose page it is, and from which history of the database. */
  bootstrap: Pick<Bootstrap, "me" | "sessionId" | "instance" | "epoch">;
  state: EngineState;
  rooms: Rooms;
  sync: Sync;
  pages: Pages;
  outbox: Outbox;
  uploads: Uploads;
  requests: Requests;
  typing: Typing;
  marks: ReadMarks;
  peopleRequests: PeopleRequests;
  targets: DraftTargets;
  draftSync: DraftDevices;
  session: SessionWatch;
  telling: Telling;
  threads: Threads;
  /** Messages have come, new or changed. */
  arrived(messages: readonly Message[]): void;
  /** Gets each event after it was processed. */
  heard(event: ServerEvent): void;
}

export class Incoming {
  readonly #parts: IncomingOptions;
  #epoch: string | null;

  constructor(parts: IncomingOptions) {
    this.#parts = parts;
    this.#epoch = parts.bootstrap.epoch;
  }

  /** The events of one frame, in order. */
  take(events: readonly ServerEvent[]): void {
    const { session, sync, outbox, rooms, pages, telling, threads, heard } = this.#parts;
    const [first] = events;
    // It belongs to another session: show nothing of it here, and send nothing from here as that
    // user.
    if (first?.type === "ready" && !this.#isOurs(first)) return session.foreign(first);
    batch(() => {
      for (const event of events) {
        this.#apply(event);
        heard(event);
      }
      sync.flush();
      outbox.release((room) => rooms.known(room));
      // Nobody waits for it, but it may fail: the reader then sees a notice.
      if (events.some((event) => event.type === "changes" && event.reset)) {
        pages.ensure().catch((error) => telling.notice(error));
        threads.again();
      }
    });
  }

  #isOurs(ready: ReadyEvent): boolean {
    const { instance, me, sessionId } = this.#parts.bootstrap;
    return ready.instance === instance && ready.user.id === me.id && ready.sessionId === sessionId;
  }

  #apply(event: ServerEvent): void {
    const { bootstrap, state, rooms, outbox, requests, typing, arrived } = this.#parts;
    const userId = bootstrap.me.id;
    switch (event.type) {
      case "ready":
        return this.#ready(event);
      case "message":
        if (event.message.seq === event.rev) typing.ended(event.room, event.message.userId);
        rooms.message(event);
        this.#markOwn(event.message);
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
        if (event.back) return applyUnread(this.#parts, event.room, event.seq);
        return rooms.read(event.room, event.seq);
      case "seen":
        return applySeen(state.seen, event);
      case "scheduled":
      case "reminder":
      case "reminderSet":
        state.later.value = event.later;
        if (event.type !== "scheduled") state.reminded.value = remindedAfter(state, event);
        return;
      case "saved":
        return applySaved(state.saved, event);
      case "heard":
        return void (state.heard.value = new Map(state.heard.peek()).set(event.message, true));
      case "draft":
        return this.#parts.draftSync.heard(event);
      case "thread":
        return this.#parts.threads.apply(event);
      case "signIn":
      case "signInsSeen":
        return applySignIns(state.signIns, event);
      case "user":
        return this.#learn(event.user);
      case "workspace":
        return this.#here(event);
      case "emoji":
        state.emojiNews.value = event;
        return;
      case "requests":
        state.requests.value = event.waiting;
        return;
      case "typing":
        return event.userId === userId ? undefined : typing.heard(event.room, event.userId);
      case "presence":
        state.presence.value = presenceOf(event.users, state.presence.peek());
        return;
    }
  }

  #learn(user: User): void {
    const { bootstrap, state } = this.#parts;
    state.users.peek().learn([user]);
    if (user.id === bootstrap.me.id) learnSelf(state.me, user);
  }

  #ready(event: ReadyEvent): void {
    const { state, rooms, threads, peopleRequests } = this.#parts;
    const sameEpoch = this.#epoch === null || this.#epoch === event.epoch;
    this.#epoch = event.epoch;
    if (!sameEpoch) this.#forgetHistory();
    rooms.ready(event, sameEpoch);
    peopleRequests.online([...event.users, event.user]);
    state.presence.value = presenceOf(event.presence, new Map());
    this.#here(event);
    this.#parts.uploads.epoch.value = event.epoch;
    // A server of the version before has none.
    state.saved.value = new Set(event.saved ?? []);
    // What was heard meanwhile was not told: players ask again.
    state.heard.value = new Map();
    threads.ready(event);
    this.#parts.draftSync.ready(event);
    state.later.value = { ...NOTHING_LATER, ...event.later };
    state.requests.value = event.requests ?? 0;
    state.emojiNews.value = { epoch: event.epoch, revision: event.emoji ?? 0 };
    state.signIns.value = event.signIns ? null : [];
    learnSelf(state.me, { ...event.user, ...event.settings });
  }

  /** A server of the version before says nothing of its workspace. */
  #here({ limits, workspace }: Here): void {
    const { state } = this.#parts;
    state.limits.value = limits;
    if (workspace) state.workspace.value = workspace;
  }

  /**
   * While the server does not know how far the user has read, their own message cannot move the
   * mark.
   */
  #markOwn({ room, userId: author, seq }: Message): void {
    const { bootstrap, state, marks } = this.#parts;
    const read = state.rooms.peek().get(room)?.membership.readSeq;
    if (author === bootstrap.me.id && read === seq && marks.pending(room) > 0) {
      marks.mark(room, seq);
    }
  }

  /** What was acknowledged, read or named in that history does not apply here. */
  #forgetHistory(): void {
    const { state, outbox, marks, pages, targets, threads } = this.#parts;
    outbox.release(() => Infinity);
    for (const room of state.rooms.peek().keys()) marks.forget(room);
    pages.forget();
    state.users.peek().clear();
    targets.forget();
    threads.forget();
  }
}

/** What was set again, or dismissed on any device, is heard of no more. */
function remindedAfter(
  { reminded }: EngineState,
  event: ReminderEvent | ReminderSetEvent,
): readonly Reminder[] {
  const { message, at } = event;
  const id = typeof message === "number" ? message : message.id;
  const others = reminded.peek().filter((each) => each.message.id !== id);
  return typeof message === "number" || at === null
    ? others
    : [{ message, at, due: true }, ...others];
}

function presenceOf<S>(news: Record<string, S>, known: ReadonlyMap<number, S>): Map<number, S> {
  const presence = new Map(known);
  for (const [id, status] of Object.entries(news)) presence.set(Number(id), status);
  return presence;
}
