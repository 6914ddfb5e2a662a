/** The engine's state as signals, and the read-only view of it for the interface. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Limits } from "../protocol/limits.ts";
import type { WorkspaceHere } from "../protocol/workspace.ts";
import type { SignIn } from "../protocol/devices.ts";
import type { Me } from "../protocol/accounts.ts";
import type { LaterCounts } from "../protocol/later.ts";
import type { HiddenRooms } from "../protocol/listing.ts";
import type { RoomPreview } from "../protocol/history.ts";
import type { MemberRoom } from "../protocol/rooms.ts";
import type { User } from "../protocol/people.ts";
import type { Reminder } from "../protocol/reminders.ts";
import type { PresenceStatus } from "../protocol/presence.ts";
import type { EmojiNews, KnownEmoji } from "./emoji_model.ts";
import { dividerOf, isMissing, landingOf } from "./landing.ts";
import type {
  Bootstrap,
  ChatState,
  ConnectionState,
  Landing,
  PendingMessage,
  Withheld,
} from "./model.ts";
import type { Entry } from "./outbox_entries.ts";
import type { SeenMarks } from "./people_model.ts";
import { agrees, People } from "./people.ts";
import type { Attachment } from "./uploads_model.ts";
import { flowOf, historyOf, type LoadedHistory } from "./timeline.ts";

export interface EngineState {
  me: Signal<Me>;
  connection: Signal<ConnectionState>;
  rooms: Signal<ReadonlyMap<number, MemberRoom>>;
  hidden: Signal<HiddenRooms>;
  saved: Signal<ReadonlySet<number>>;
  deleted: Signal<ReadonlySet<number>>;
  heard: Signal<ReadonlyMap<number, boolean>>;
  later: Signal<LaterCounts>;
  reminded: Signal<readonly Reminder[]>;
  requests: Signal<number>;
  signIns: Signal<readonly SignIn[] | null>;
  /** Always the same map, which changes in place: see there. */
  users: ReadonlySignal<People>;
  presence: Signal<ReadonlyMap<number, PresenceStatus>>;
  seen: Signal<SeenMarks | null>;
  preview: Signal<RoomPreview | null>;
  openRoom: Signal<number | null>;
  /** The loaded stretches of recently opened rooms; the latest is last. */
  histories: Signal<ReadonlyMap<number, LoadedHistory>>;
  highlightSeq: Signal<number | null>;
  dividerSeq: Signal<number | null>;
  landing: Signal<Landing>;
  missing: Signal<boolean>;
  notice: Signal<ChatState["notice"]["value"]>;
  limits: Signal<Limits>;
  workspace: Signal<WorkspaceHere>;
  withheld: Signal<readonly Withheld[]>;
  lostRoom: Signal<number | null>;
  emoji: Signal<KnownEmoji>;
  emojiNews: Signal<EmojiNews | null>;
}

export const NOTHING_LATER: LaterCounts = { scheduled: 0, failed: 0, due: 0 };

export function createState(bootstrap: Bootstrap): EngineState {
  const { me, rooms, hidden, users, saved, room, page, highlightSeq, limits, workspace } =
    bootstrap;
  const open = rooms.find(({ id }) => id === room);
  const history = open !== undefined && page !== null ? historyOf(page) : undefined;
  const histories = history === undefined ? [] : [[open!.id, history] as const];
  const landing: Landing = open ? landingOf(open, highlightSeq ?? undefined) : { kind: "newest" };
  return {
    me: signal(me),
    connection: signal<ConnectionState>({ state: "connecting" }),
    rooms: signal<ReadonlyMap<number, MemberRoom>>(byId(rooms)),
    hidden: signal(hidden),
    saved: signal<ReadonlySet<number>>(new Set(saved)),
    deleted: signal<ReadonlySet<number>>(new Set()),
    heard: signal<ReadonlyMap<number, boolean>>(new Map()),
    later: signal(bootstrap.later ?? NOTHING_LATER),
    reminded: signal<readonly Reminder[]>([]),
    requests: signal(bootstrap.requests ?? 0),
    signIns: signal<readonly SignIn[] | null>([]),
    users: signal(new People(users)),
    presence: signal<ReadonlyMap<number, PresenceStatus>>(new Map()),
    seen: signal<SeenMarks | null>(null),
    preview: signal(bootstrap.preview ?? null),
    openRoom: signal(open?.id ?? null),
    histories: signal<ReadonlyMap<number, LoadedHistory>>(new Map(histories)),
    highlightSeq: signal(highlightSeq),
    dividerSeq: signal(open === undefined ? null : dividerOf(open, history, me.id)),
    landing: signal(landing),
    missing: signal(isMissing(landing, history)),
    notice: signal<ChatState["notice"]["value"]>(null),
    limits: signal(limits),
    workspace: signal(workspace),
    withheld: signal<readonly Withheld[]>([]),
    lostRoom: signal(null),
    emoji: signal<KnownEmoji>(new Map(bootstrap.emoji?.map((one) => [one.name, one]))),
    emojiNews: signal<EmojiNews | null>(null),
  };
}

/** What the views see. */
export function viewOf(
  state: EngineState,
  { entries, sending, typists, ...more }:
    & {
      sending: Sending;
      entries: ReadonlySignal<readonly Entry[]>;
      typists: ReadonlySignal<ReadonlyMap<number, readonly number[]>>;
    }
    & Pick<
      ChatState,
      "attachments" | "drafts" | "draftRooms" | "draftTargets" | "freshThreads" | "linked"
    >,
): ChatState {
  const { histories: _histories, ...shown } = state;
  const open = state.openRoom;
  // One empty array: a new one each time would render its readers again.
  const nobody: readonly never[] = [];
  return {
    ...shown,
    ...more,
    timeline: computed(() => flowOf(state.histories.value.get(open.value ?? 0)?.timeline ?? null)),
    pending: computed(() => {
      const own = entries.value.filter(({ room, threadOnly }) =>
        room === open.value && !threadOnly
      );
      return own.length === 0 ? nobody : own.map((entry) => pendingOf(entry, sending));
    }),
    typing: computed(() => typists.value.get(open.value ?? 0) ?? nobody),
  };
}

export function byId<T extends { id: number }>(things: readonly T[]): Map<number, T> {
  return new Map(things.map((thing) => [thing.id, thing]));
}

/** Puts one entry into a map held by a signal; a new entry goes last. */
export function setIn<K, V>(map: Signal<ReadonlyMap<K, V>>, key: K, value: V): void {
  if (map.peek().get(key) !== value) map.value = new Map(map.peek()).set(key, value);
}

export function deleteIn<K, V>(map: Signal<ReadonlyMap<K, V>>, key: K): void {
  if (!map.peek().has(key)) return;
  const rest = new Map(map.peek());
  rest.delete(key);
  map.value = rest;
}

/**
 * The presence of people no event has named: with very many online, `ready` names few of them. What
 * an event said is newer than any answer.
 */
export function learnPresence(
  presence: EngineState["presence"],
  told: Record<string, PresenceStatus>,
): void {
  const known = presence.peek();
  const news = Object.entries(told).filter(([id]) => !known.has(Number(id)));
  if (news.length === 0) return;
  presence.value = new Map([...known, ...news.map(([id, at]) => [Number(id), at] as const)]);
}

/** Some answers tell less about the user themselves than others. */
export function learnSelf(me: EngineState["me"], news: User): void {
  if (agrees(me.peek(), news)) return;
  // If nobody else shares the name any more, the new data has no mark; nor a zone that is hidden now.
  const { namesake: _namesake, timeZone: _zone, ...known } = me.peek();
  me.value = { ...known, ...news };
}

/** What has become of files that were sent with a message, by `local`. */
type Sending = ReadonlySignal<ReadonlyMap<string, Attachment>>;

export function pendingOf(entry: Entry, sending: Sending): PendingMessage {
  const { clientId, room, text, replyTo, thread, threadOnly, createdAt, state, error } = entry;
  const attachments = (entry.attachments ?? []).map((one) => sending.value.get(one.local) ?? one);
  return {
    clientId,
    room,
    text,
    replyTo,
    thread,
    threadOnly,
    attachments,
    createdAt,
    state,
    error,
  };
}
