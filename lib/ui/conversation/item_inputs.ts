/**
 * All that decides how a message stands in the room's list. Readers with the same inputs share what
 * is made of them (`kept_item.ts`), so what is the reader's own is here as far as this message shows
 * it, and not where it does not. It knows no elements.
 */
import type { ChatState } from "../../client/model.ts";
import type { CustomEmoji } from "../../protocol/custom_emoji.ts";
import { customName } from "../../protocol/emoji_names.ts";
import type { Language } from "../../protocol/accounts.ts";
import type { Message } from "../../protocol/messages.ts";
import type { Standing } from "../../protocol/permissions.ts";
import type { User } from "../../protocol/people.ts";
import { NO_READER } from "../kept/still_view.ts";
import type { View } from "../view.ts";
import type { MessageItemProps } from "./MessageItem.tsx";
import { NAMES } from "./Reactions.tsx";
import { FACES } from "./ThreadLine.tsx";

/** Names what objects hold: see `KeptHtml`. */
export interface Namer {
  nameOf(object: object): string;
}

export interface ItemInputs {
  language: Language;
  message: Message;
  quoted: Message | undefined;
  startsDay: boolean;
  startsRun: boolean;
  startsNew: boolean;
  tabStop: boolean;
  isMarked: boolean;
  isSaved: boolean;
  isFresh: boolean;
  /** It has files, and the reader sees it first. */
  inSight: boolean;
  /** The reader's id, where the message has to do with them; `NO_READER` otherwise. */
  self: number;
  /** What the reader may do, where the message shows it. */
  facts: Standing;
  /** Whom it shows, as known now. */
  users: User[];
  /** The reader's rooms that it may name. */
  rooms: [id: number, name: string][];
  emoji: CustomEmoji[];
}

/** In the place of what does not matter. */
const ANYBODY: Standing = {
  user: { role: "member", disabled: false },
  kind: "public",
  archived: false,
  member: "member",
  group: false,
};

/** The picture of a voice message has an id that is unique in the page: it is rendered in place. */
export function isKept({ files }: Message): boolean {
  return files.every(({ voice }) => voice === undefined);
}

export function inputsOf(
  { state, language }: View,
  row: MessageItemProps,
  isSeenFirst: boolean,
): ItemInputs {
  const { message, quoted } = row;
  const { id, seq } = message;
  const users = peopleIn(message, quoted, state);
  return {
    language,
    message,
    quoted,
    startsDay: row.startsDay,
    startsRun: row.startsRun,
    startsNew: row.startsNew,
    tabStop: row.tabStop,
    isMarked: seq === state.highlightSeq.value,
    isSaved: state.saved.value.has(id),
    isFresh: state.freshThreads.value.has(id),
    inSight: isSeenFirst && message.files.length > 0,
    self: namesReader(message, state.me.value.id) ? state.me.value.id : NO_READER,
    facts: factsIn(message, row.facts),
    users,
    rooms: roomsIn(message.text, state),
    emoji: mayHaveEmoji(message, quoted, users) ? [...state.emoji.value.values()] : NONE,
  };
}

const NONE: never[] = [];

/** All of it: an input that is forgotten here is no valid program. */
export function itemKey(inputs: ItemInputs, names: Namer): string {
  const { language, message, quoted, self, facts, users, rooms, emoji, ...rest } = inputs;
  const { startsDay, startsRun, startsNew, tabStop, isMarked, isSaved, isFresh, inSight, ...none } =
    rest;
  none satisfies Record<string, never>;
  const place =
    `${+startsDay}${+startsRun}${+startsNew}${+tabStop}${+isMarked}${+isSaved}${+isFresh}${+inSight}`;
  let key = `message ${language} ${names.nameOf(message)} ${
    quoted ? names.nameOf(quoted) : ""
  } ${place} ${self}`;
  for (const user of users) key += ` ${names.nameOf(user)}`;
  if (facts !== ANYBODY) key += ` may ${JSON.stringify(facts)}`;
  if (rooms.length > 0) key += ` in ${JSON.stringify(rooms)}`;
  for (const one of emoji) key += ` has ${names.nameOf(one)}`;
  return key;
}

/** The author's own is not for them; a mention and a reaction look different to whose they are. */
function namesReader({ userId, mentions, reactions }: Message, reader: number): boolean {
  return userId === reader || mentions.includes(reader) ||
    Object.values(reactions).some((ids) => ids.includes(reader));
}

/** Reactions are switches where one may react, and previews can be taken away by whom may delete. */
function factsIn({ reactions, links }: Message, { user, ...place }: Standing): Standing {
  if (links.length === 0 && Object.keys(reactions).length === 0) return ANYBODY;
  return { user: { role: user.role, disabled: user.disabled }, ...place };
}

function peopleIn(
  { userId, mentions, reactions, replies }: Message,
  quoted: Message | undefined,
  { users }: ChatState,
): User[] {
  const known: User[] = [];
  const take = (id: number) => {
    const user = users.value.get(id);
    if (user !== undefined && !known.includes(user)) known.push(user);
  };
  take(userId);
  mentions.forEach(take);
  for (const sign in reactions) reactions[sign]!.slice(0, NAMES).forEach(take);
  replies?.users.slice(0, FACES).forEach(take);
  if (quoted !== undefined) take(quoted.userId);
  return known;
}

/** Those whose names stand in it; all of them where the text may say them in other letters. */
function roomsIn(text: string, { rooms }: ChatState): [number, string][] {
  if (!text.includes("#")) return [];
  const lower = text.toLowerCase();
  const isPlain = /^[ -%'-[\]-~\n]*$/.test(lower); // ASCII without "&" and "\", which stand for others
  const named: [number, string][] = [];
  for (const { id, name } of rooms.value.values()) {
    if (name !== null && (!isPlain || lower.includes(name.toLowerCase()))) named.push([id, name]);
  }
  return named;
}

function mayHaveEmoji(
  { text, reactions }: Message,
  quoted: Message | undefined,
  users: readonly User[],
): boolean {
  return text.includes(":") || quoted?.text.includes(":") ||
    Object.keys(reactions).some((sign) => customName(sign) !== null) ||
    users.some(({ status }) => status !== null && customName(status.emoji) !== null);
}
