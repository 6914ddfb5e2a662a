/**
 * Tells connections who came and went, collected for a while: a restart brings thousands in one
 * second. Where thousands listen, each is told much at one time and others' turn comes later: a
 * frame costs the same for a thousand people as for one.
 */
import type { Ticks } from "../../protocol/time.ts";
import { OWN_LIMIT } from "../sending/outgoing.ts";
import { joinUpTo } from "../sending/shared_frames.ts";
import type { Connection } from "../sockets/connection.ts";
import type { Presence, StatusOf } from "./presence.ts";
import type { HubState } from "../state.ts";

/** How often to check whether there is news, ms. */
export const PRESENCE_MS = 1_000;
/**
 * Milliseconds between news, per connection here, and the maximum: with thousands connected,
 * somebody always comes or goes, and telling all of them every second would take half a core.
 */
const PAUSE_A_CONNECTION = 2;
const LONGEST_PAUSE = 5_000;
/**
 * Connections at one time: about a twentieth of a second, for which others' acks may wait. With
 * more than these, the same news go to the next ones at the next look.
 */
const TOLD_AT_ONCE = 2_000;
/**
 * Events at one time, to all who are told then. When thousands come back in one moment, to tell
 * each of them of all the others would take many seconds.
 */
const EVENTS_AT_ONCE = 10_000;
/** People in one event: about 3 KB. */
export const PEOPLE_AN_EVENT = 200;
/** With more people than this online, new connections hear only about those `ready` lists. */
const MOST_NAMED = 1_000;
const NOBODY: ReadonlySet<Connection> = new Set();

/**
 * The statuses as the insides of JSON objects, each for as many people as fit one event. Built by
 * hand: objects with a thousand numeric keys would take a millisecond each.
 */
export function encodeInParts(statuses: readonly StatusOf[]): string[] {
  const parts: string[] = [];
  for (let i = 0; i < statuses.length; i += PEOPLE_AN_EVENT) {
    const part = statuses.slice(i, i + PEOPLE_AN_EVENT);
    parts.push(part.map(([id, status]) => `"${id}":"${status}"`).join(","));
  }
  return parts;
}

/** @param part of `encodeInParts` */
export function presenceEvent(part: string): string {
  return `{"type":"presence","users":{${part}}}`;
}

/** Events, joined: a text alone is made a frame once for all who are told it. */
function newsOf(statuses: readonly StatusOf[]): string[] {
  return joinUpTo(OWN_LIMIT, encodeInParts(statuses).map(presenceEvent));
}

/** News of which some have been told, and the others are yet to be. */
interface Telling {
  /** Those who were live when it was taken: who comes later begins with what is newer. */
  listeners: readonly Connection[];
  /** How many of them have been told. */
  told: number;
  changed: readonly StatusOf[];
  news: readonly string[];
  /** Of those who have gone, for who has just heard about everyone. */
  gone: readonly string[];
  newcomers: ReadonlySet<Connection>;
}

/**
 * Tells new connections about everybody at once, and everybody about changes from time to time;
 * call it every `PRESENCE_MS`.
 */
export function createPresenceNews(hub: HubState, now: () => Ticks): () => void {
  let toldAt = -Infinity;
  // What was too much for one time goes on without a pause.
  let isInArrears = false;
  let telling: Telling | null = null;
  return () => {
    const newcomers = tellNewcomers(hub.presence);
    if (telling === null) {
      const { size } = hub.connections;
      const pause = isInArrears ? 0 : Math.min(LONGEST_PAUSE, size * PAUSE_A_CONNECTION);
      if (now() - toldAt < pause) return;
      telling = begin(hub, newcomers);
      isInArrears = hub.presence.hasChanges;
      if (telling === null) return;
      toldAt = now();
    }
    if (tellNext(telling)) telling = null;
  };
}

/** Takes what changed; null if nothing did. */
function begin(
  { presence, connections }: HubState,
  newcomers: ReadonlySet<Connection>,
): Telling | null {
  const changed = presence.takeChanges(mostAtOnce(connections.size));
  if (changed.length === 0) return null;
  return {
    listeners: [...connections].filter(({ phase }) => phase === "live"),
    told: 0,
    changed,
    news: newsOf(changed),
    gone: newsOf(changed.filter(([, status]) => status === "offline")),
    newcomers,
  };
}

/** How many people so many connections can be told of at one time. */
function mostAtOnce(connections: number): number {
  const listeners = Math.max(1, Math.min(connections, TOLD_AT_ONCE));
  return Math.floor(EVENTS_AT_ONCE / listeners) * PEOPLE_AN_EVENT;
}

/** Tells the next ones; true if nobody is left. */
function tellNext(telling: Telling): boolean {
  const { listeners, told, changed, news, gone, newcomers } = telling;
  telling.told += TOLD_AT_ONCE;
  for (const connection of listeners.slice(told, telling.told)) {
    const { people } = connection;
    // Guests hear only about people they may see; new connections have just heard about everyone.
    const own = people !== null
      ? newsOf(changed.filter(([id]) => people.has(id)))
      : newcomers.has(connection)
      ? gone
      : news;
    for (const text of own) connection.pushText(text);
  }
  return telling.told >= listeners.length;
}

/** Lets a guest's connections hear about these people, and returns their presence. */
export function introduce(hub: HubState, userId: number, ids: readonly number[]): boolean {
  let isNew = false;
  for (const connection of hub.presence.connectionsOf(userId)) {
    const { people } = connection;
    if (connection.phase !== "live" || people === null) continue;
    const strangers = ids.filter((id) => !people.has(id));
    for (const id of strangers) people.add(id);
    for (const text of newsOf(strangers.map((id) => [id, hub.presence.statusOf(id)]))) {
      connection.pushText(text);
    }
    isNew ||= strangers.length > 0;
  }
  return isNew;
}

/**
 * With very many online, new connections wait until there are fewer: it would flood each of them.
 */
function tellNewcomers(presence: Presence): ReadonlySet<Connection> {
  if (presence.size > MOST_NAMED) return NOBODY;
  const newcomers = presence.takeNewcomers();
  if (newcomers.size === 0) return newcomers;
  const news = newsOf(presence.all());
  for (const connection of newcomers) {
    for (const text of news) connection.pushText(text);
  }
  return newcomers;
}
