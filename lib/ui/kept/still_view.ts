/**
 * The view of a chat that stands still, as the server renders it: facts in the place of signals, no
 * engine, nothing to subscribe to. What only a living chat has is empty.
 */
import type { ReadonlySignal, Signal } from "@preact/signals";
import type { ChatActions, ChatState } from "../../client/model.ts";
import type { Shelf } from "../../client/shelf.ts";
import type { Language, Me } from "../../protocol/accounts.ts";
import type { UserRole } from "../../protocol/people.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { STANDARD_HERE } from "../../protocol/workspace_standard.ts";
import { catalogue } from "../catalogue/catalogue.ts";
import { SERVER_CLOCK } from "../dates.ts";
import type { View } from "../view.ts";

/** What is the page's own; all else is the same in each. */
export type StillFacts = Held<
  | "me"
  | "rooms"
  | "hidden"
  | "users"
  | "saved"
  | "later"
  | "requests"
  | "preview"
  | "openRoom"
  | "timeline"
  | "highlightSeq"
  | "dividerSeq"
  | "landing"
  | "missing"
  | "limits"
  | "workspace"
  | "freshThreads"
  | "emoji"
>;

type Held<Name extends keyof ChatState> = { [N in Name]: ChatState[N]["value"] };

/** A fact where views expect a signal. */
class Still<T> {
  readonly value: T;

  constructor(value: T) {
    this.value = value;
  }

  peek(): T {
    return this.value;
  }
}

/** Of a signal, a render uses the value alone: it subscribes nothing, and changes nothing. */
export function still<T>(value: T): ReadonlySignal<T> & Signal<T> {
  return new Still(value) as unknown as ReadonlySignal<T> & Signal<T>;
}

const NONE = still([]);
const NO_MAP = still(new Map<never, never>());
const NULL = still(null);

export function stillState(facts: StillFacts): ChatState {
  return {
    me: still(facts.me),
    rooms: still(facts.rooms),
    hidden: still(facts.hidden),
    users: still(facts.users),
    saved: still(facts.saved),
    later: still(facts.later),
    requests: still(facts.requests),
    preview: still(facts.preview),
    openRoom: still(facts.openRoom),
    timeline: still(facts.timeline),
    highlightSeq: still(facts.highlightSeq),
    dividerSeq: still(facts.dividerSeq),
    landing: still(facts.landing),
    missing: still(facts.missing),
    limits: still(facts.limits),
    workspace: still(facts.workspace),
    freshThreads: still(facts.freshThreads),
    emoji: still(facts.emoji),
    ...UNBORN,
  };
}

/** What a chat has before it lives. */
const UNBORN = {
  connection: still<ChatState["connection"]["value"]>({ state: "connecting" }),
  deleted: still(new Set<number>()),
  heard: NO_MAP,
  reminded: NONE,
  signIns: NONE,
  presence: NO_MAP,
  seen: NULL,
  emojiNews: NULL,
  pending: NONE,
  typing: NONE,
  notice: NULL,
  withheld: NONE,
  lostRoom: NULL,
  drafts: NO_MAP,
  attachments: NO_MAP,
  draftRooms: still(new Set<number>()),
  draftTargets: NO_MAP,
  linked: NULL,
};

/** The facts of a page that shows no chat. */
export const NO_CHAT: Omit<StillFacts, "me" | "rooms" | "users" | "emoji"> = {
  hidden: { rooms: 0, unread: false },
  saved: new Set(),
  later: { scheduled: 0, failed: 0, due: 0 },
  requests: 0,
  preview: null,
  openRoom: null,
  timeline: null,
  highlightSeq: null,
  dividerSeq: null,
  landing: { kind: "newest" },
  missing: false,
  limits: LIMITS,
  workspace: STANDARD_HERE,
  freshThreads: new Map(),
};

/** No user has this id. */
export const NO_READER = -1;

/** A reader of whom nothing shows but who they are, and what they may do. */
export function readerOf(id: number, role: UserRole = "member", disabled = false): Me {
  const nameless = { username: "", displayName: "", avatar: null, status: null };
  const settings = { language: null, theme: "system" as const, showLocalTime: false };
  return { id, role, disabled, ...nameless, ...settings };
}

/** A room of which nothing shows but this. */
export function stillRoom(
  { id, kind, archived }: Pick<MemberRoom, "id" | "kind" | "archived">,
): MemberRoom {
  const counts = { head: 0, createdBy: 0, createdAt: 0, memberCount: 0 };
  const waiting = { readSeq: 0, unread: 0, mentions: 0, threads: 0, joinedAt: 0 };
  return {
    ...{ id, kind, name: null, topic: "", archived, ...counts },
    membership: { role: "member", notify: "all", favourite: false, ...waiting },
  };
}

export const NO_ACTIONS = {} as ChatActions; // a render calls none
export const NO_SHELF = {} as Shelf; // nor looks anything up

/** The view around them; `unfolded` and `fetched` are asked, and stay empty. */
export function stillView(state: ChatState, language: Language): View {
  return {
    state,
    actions: NO_ACTIONS,
    shelf: NO_SHELF,
    words: catalogue(language),
    language,
    clock: still(SERVER_CLOCK),
    mounted: still(false),
    dialog: NULL,
    minute: NULL,
    thread: null,
    pane: NULL,
    membersChanges: still(0),
    toast: NULL,
    unfolded: new Set(),
    fetched: new Map(),
    navigate: () => {},
  };
}
