/**
 * Who may write where, as it was read last, so that a busy sender costs no query of their own. What
 * is remembered may be outdated: the send function compares it with what is true and stores nothing
 * where it differs. Only permissions are remembered; a refusal is always read anew.
 */
import type { Connection } from "../../postgres/connection.ts";
import type { NewMessage } from "../contract/messages.ts";
import { decideSender } from "../operations/parts/deciding.ts";
import { STANDING_COLUMNS, type StandingRow } from "../operations/parts/standing.ts";
import { SEEN } from "./send_function.ts";

/** Somebody who may write in a room. */
export interface KnownSender {
  username: string;
  /** All that this was decided from: see `SEEN`. */
  seen: string;
}

/**
 * What was decided: `alone` if the shared operation has to look at each of their messages; an error
 * if they may not read the room.
 */
export type Decision = KnownSender | "alone" | Error;

/** How many senders are remembered: a few hundred bytes each. */
const MOST_SENDERS = 16_384;

const READ_STANDINGS = {
  name: "confab_standings",
  text: `SELECT asked.place, ${STANDING_COLUMNS}, ${SEEN} AS seen
    FROM unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY AS asked (room, author, place)
    JOIN users AS u ON u.id = asked.author
    LEFT JOIN rooms AS r ON r.id = asked.room
    LEFT JOIN members AS m ON m.room_id = asked.room AND m.user_id = asked.author`,
};

/** Rooms with a message beyond their head: \`requireFreePlaces\`, for many. */
const FIND_BROKEN_ROOMS = {
  name: "confab_broken_rooms",
  text: `SELECT r.id FROM rooms AS r WHERE r.id = ANY ($1::bigint[]) AND (
    EXISTS (SELECT 1 FROM messages AS x WHERE x.room_id = r.id AND x.seq > r.head) OR
    EXISTS (
      SELECT 1 FROM messages AS x WHERE x.room_id = r.id AND x.rev > r.head AND x.rev > x.seq
    ))`,
};

type Place = Pick<NewMessage, "room" | "userId">;

type Row = StandingRow & { place: number; seen: string };

export class Senders {
  readonly #connection: Connection;
  readonly #known = new Map<string, KnownSender>();
  /** Rooms that were looked at for messages beyond their head. */
  readonly #checked = new Set<number>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Decides about each, asking the database about those whom it does not remember. */
  async decide(places: readonly Place[]): Promise<Decision[]> {
    if (this.#known.size > MOST_SENDERS) this.forgetAll();
    const unknown = new Map<string, Place>();
    for (const place of places) {
      if (!this.#known.has(keyOf(place))) unknown.set(keyOf(place), place);
    }
    const read = unknown.size === 0 ? NOBODY : await this.#read([...unknown.values()]);
    return places.map((place) => {
      const key = keyOf(place);
      return this.#known.get(key) ?? read.get(key)!; // each is one or the other
    });
  }

  forget(place: Place): void {
    this.#known.delete(keyOf(place));
  }

  /** Also that rooms were looked at. */
  forgetAll(): void {
    this.#known.clear();
    this.#checked.clear();
  }

  async #read(places: readonly Place[]): Promise<Map<string, Decision>> {
    const [rows, broken] = await Promise.all([
      this.#readStandings(places),
      this.#findBroken(places.map(({ room }) => room)),
    ]);
    const decisions = new Map<string, Decision>();
    for (const [index, place] of places.entries()) {
      const decision = broken.has(place.room) ? "alone" : decide(rows.get(index));
      if (decision === "alone" || decision instanceof Error) decisions.set(keyOf(place), decision);
      else this.#known.set(keyOf(place), decision);
    }
    return decisions;
  }

  async #readStandings(places: readonly Place[]): Promise<Map<number, Row>> {
    const values = [places.map(({ room }) => room), places.map(({ userId }) => userId)];
    const { rows } = await this.#connection.query<Row>({ ...READ_STANDINGS, values });
    return new Map(rows.map((row) => [row.place - 1, row]));
  }

  async #findBroken(rooms: readonly number[]): Promise<Set<number>> {
    const fresh = [...new Set(rooms)].filter((room) => !this.#checked.has(room));
    if (fresh.length === 0) return NONE;
    const values = [fresh];
    const { rows } = await this.#connection.query<{ id: number }>({ ...FIND_BROKEN_ROOMS, values });
    const broken = new Set(rows.map(({ id }) => id));
    for (const room of fresh) if (!broken.has(room)) this.#checked.add(room);
    return broken;
  }
}

const NOBODY: ReadonlyMap<string, Decision> = new Map();
const NONE: Set<number> = new Set();

function decide(row: Row | undefined): Decision {
  const decided = decideSender(row);
  return decided === "alone" || decided instanceof Error
    ? decided
    : { username: decided.username, seen: row!.seen }; // who is decided about is in a row
}

function keyOf({ room, userId }: Place): string {
  return `${room} ${userId}`;
}
