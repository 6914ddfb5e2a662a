/**
 * What the server says, told to the parts of the engine whose matter it is. It must not know what
 * they make of it, nor the connection's life.
 */
import type { ReadyEvent, ServerEvent } from "../protocol/events.ts";
import type { Message } from "../protocol/messages.ts";
import type { DraftTargets } from "./draft_targets.ts";
import type { Outbox } from "./outbox.ts";
import type { Pages } from "./pages.ts";
import type { PeopleRequests } from "./people_requests.ts";
import type { ReadMarks } from "./read_marks.ts";
import type { Requests } from "./requests.ts";
import type { Rooms } from "./rooms.ts";
import { type EngineState, learnSelf } from "./state.ts";
import type { Typing } from "./typing.ts";

export interface IncomingOptions {
  userId: number;
  /** The history of the database that the page was written from. */
  epoch: string | null;
  state: EngineState;
  rooms: Rooms;
  pages: Pages;
  outbox: Outbox;
  requests: Requests;
  typing: Typing;
  marks: ReadMarks;
  peopleRequests: PeopleRequests;
  targets: DraftTargets;
  /** Messages have come, new or changed. */
  arrived(messages: readonly Message[]): void;
}

/** Applies one event after the other. */
export function createIncoming(options: IncomingOptions): (event: ServerEvent) => void {
  const { userId, state, rooms, outbox, requests, typing, marks } = options;
  const { pages, peopleRequests, targets, arrived } = options;
  const people = state.users.peek();
  let { epoch } = options;

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
    learnSelf(state.me, { ...event.user, ...event.settings });
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
    pages.forget();
    people.clear();
    targets.forget();
  }

  return apply;
}

function presenceOf<S>(news: Record<string, S>, known: ReadonlyMap<number, S>): Map<number, S> {
  const presence = new Map(known);
  for (const [id, status] of Object.entries(news)) presence.set(Number(id), status);
  return presence;
}
