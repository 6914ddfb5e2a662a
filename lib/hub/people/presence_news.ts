/**
 * Tells connections who came and went, collected for a while: a restart brings thousands in one
 * second. Sent in parts, because the runtime keeps a buffer for each socket as large as its largest
 * frame.
 */
import type { Ticks } from "../../protocol/time.ts";
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
 * Events at one time, to all connections together: about a tenth of a second. When thousands come
 * back in one moment, to tell each of them of all the others would take many seconds.
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

function eventsOf(statuses: readonly StatusOf[]): string[] {
  return encodeInParts(statuses).map(presenceEvent);
}

/**
 * Tells new connections about everybody at once, and everybody about changes from time to time;
 * call it every `PRESENCE_MS`.
 */
export function createPresenceNews(hub: HubState, now: () => Ticks): () => void {
  let toldAt = -Infinity;
  // What was too much for one time goes on without a pause.
  let isInArrears = false;
  return () => {
    const newcomers = tellNewcomers(hub.presence);
    const { size } = hub.connections;
    const pause = isInArrears ? 0 : Math.min(LONGEST_PAUSE, size * PAUSE_A_CONNECTION);
    if (now() - toldAt < pause) return;
    const changed = hub.presence.takeChanges(mostAtOnce(size));
    isInArrears = hub.presence.hasChanges;
    if (changed.length === 0) return;
    toldAt = now();
    const events = eventsOf(changed);
    const gone = eventsOf(changed.filter(([, status]) => status === "offline"));
    for (const connection of hub.connections) {
      if (connection.phase !== "live") continue;
      const { people } = connection;
      // Guests hear only about people they may see; new connections have just heard about everyone.
      const told = people !== null
        ? eventsOf(changed.filter(([id]) => people.has(id)))
        : newcomers.has(connection)
        ? gone
        : events;
      for (const event of told) connection.pushText(event);
    }
  };
}

/** How many people so many connections can be told of at one time. */
function mostAtOnce(connections: number): number {
  return Math.max(1, Math.floor(EVENTS_AT_ONCE / Math.max(1, connections))) * PEOPLE_AN_EVENT;
}

/** Lets a guest's connections hear about these people, and returns their presence. */
export function introduce(hub: HubState, userId: number, ids: readonly number[]): boolean {
  let news = false;
  for (const connection of hub.presence.connectionsOf(userId)) {
    const { people } = connection;
    if (connection.phase !== "live" || people === null) continue;
    const strangers = ids.filter((id) => !people.has(id));
    for (const id of strangers) people.add(id);
    for (const event of eventsOf(strangers.map((id) => [id, hub.presence.statusOf(id)]))) {
      connection.pushText(event);
    }
    news ||= strangers.length > 0;
  }
  return news;
}

/**
 * With very many online, new connections wait until there are fewer: it would flood each of them.
 */
function tellNewcomers(presence: Presence): ReadonlySet<Connection> {
  if (presence.size > MOST_NAMED) return NOBODY;
  const newcomers = presence.takeNewcomers();
  if (newcomers.size === 0) return newcomers;
  const events = eventsOf(presence.all());
  for (const connection of newcomers) {
    for (const event of events) connection.pushText(event);
  }
  return newcomers;
}
