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
import type { View } from "../view.ts";
import type { MessageItemProps } from "./MessageItem.tsx";
import { NAMES } from "./Reactions.tsx";
import { FACES } from "./ThreadLine.tsx";

export interface ItemInputs {
  language: Language;
  message: Message;
  quoted: Message | undefined;
  /** Where it stands in the list. */
  place: Pick<MessageItemProps, "startsDay" | "startsRun" | "startsNew" | "tabStop">;
  isMarked: boolean;
  isSaved: boolean;
  isFresh: boolean;
  /** The reader's id, where the message has to do with them; `NOBODY` otherwise. */
  self: number;
  /** What the reader may do, where the message shows it. */
  facts: Standing;
  /** Whom it shows, as known now. */
  users: User[];
  /** The reader's rooms that it may name. */
  rooms: [id: number, name: string][];
  emoji: CustomEmoji[];
}

/** No user has this id. */
const NOBODY = -1;

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

export function inputsOf({ state, language }: View, row: MessageItemProps): ItemInputs {
  const { message, quoted, startsDay, startsRun, startsNew, tabStop } = row;
  const { id, seq } = message;
  const users = peopleIn(message, quoted, state);
  return {
    language,
    message,
    quoted,
    place: { startsDay, startsRun, startsNew, tabStop },
    isMarked: seq === state.highlightSeq.value,
    isSaved: state.saved.value.has(id),
    isFresh: state.freshThreads.value.has(id),
    self: namesReader(message, state.me.value.id) ? state.me.value.id : NOBODY,
    facts: factsIn(message, row.facts),
    users,
    rooms: roomsIn(message.text, state),
    emoji: mayHaveEmoji(message, users) ? [...state.emoji.value.values()] : [],
  };
}

const texts = new WeakMap<Message, string>();

export function keyOf({ message, quoted, ...others }: ItemInputs): string {
  return `message ${textOf(message)} ${quoted && textOf(quoted)} ${JSON.stringify(others)}`;
}

/** Of one that many pages show it is made once. */
function textOf(message: Message): string {
  let text = texts.get(message);
  if (text === undefined) texts.set(message, text = JSON.stringify(message));
  return text;
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
  const ids = new Set([userId, ...mentions]);
  for (const reactors of Object.values(reactions)) {
    for (const id of reactors.slice(0, NAMES)) ids.add(id);
  }
  for (const id of replies?.users.slice(0, FACES) ?? []) ids.add(id);
  if (quoted !== undefined) ids.add(quoted.userId);
  return [...ids].map((id) => users.value.get(id)).filter((user) => user !== undefined);
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

function mayHaveEmoji({ text, reactions }: Message, users: readonly User[]): boolean {
  return text.includes(":") || Object.keys(reactions).some((sign) => customName(sign) !== null) ||
    users.some(({ status }) => status !== null && customName(status.emoji) !== null);
}
