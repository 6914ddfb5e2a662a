/**
 * How a connection begins: from a session to `ready`. It subscribes first and reads second, so that
 * nothing is missed in between; what happened during the read is replayed. It knows no sockets.
 */
import type { Caller } from "../auth/caller.ts";
import type { Notice, Snapshot } from "../chat/notice.ts";
import { toConfabError } from "../errors.ts";
import { CLOSE } from "../protocol/codes.ts";
import type { ReadyEvent } from "../protocol/events.ts";
import type { Changes } from "../protocol/sync.ts";
import type { User } from "../protocol/people.ts";
import { knowsEverybody } from "../protocol/permissions.ts";
import type { Ticks } from "../protocol/time.ts";
import type { Admission } from "./sockets/admission.ts";
import type { Connection } from "./sockets/connection.ts";
import { Places } from "./sockets/places.ts";
import type { FrameHandler } from "./frame_handler.ts";
import type { Journal } from "./sending/journal.ts";
import { type Joint, sendLate } from "./late_messages.ts";
import { ListedRooms } from "./listed_rooms.ts";
import { encodeInParts, PEOPLE_AN_EVENT, presenceEvent } from "./people/presence_news.ts";
import { replayNotice } from "./replay.ts";
import type { HubState } from "./state.ts";
import type { Strangers } from "./sockets/strangers.ts";

export interface ArrivalOptions {
  hub: HubState;
  journal: Journal;
  admission: Admission;
  strangers: Strangers;
  epoch: string;
  instance: string;
  authenticate(token: string, address: string): Promise<Caller | null>;
  isValid(sessionId: number): Promise<boolean>;
  snapshot(user: User): Promise<Snapshot>;
  /** What changed in a room; the hub knows who is in it. */
  changes(room: number, since: number): Promise<Changes>;
  now(): number;
  monotonic(): Ticks;
  log(message: string, error: unknown): void;
}

/**
 * How many read what they begin with at a time. When thousands come at once, as after a restart,
 * what others ask of the store would wait behind all of them.
 */
const READING_AT_ONCE = 32;

export class Arrival {
  readonly #places = new Places(READING_AT_ONCE);

  constructor(private readonly options: ArrivalOptions) {}

  /** Takes a first frame's token. Never rejects. */
  async authenticate(
    connection: Connection,
    handler: FrameHandler,
    token: string,
    ref: string | undefined,
  ): Promise<void> {
    try {
      const caller = await this.options.authenticate(token, connection.place.address);
      if (connection.phase !== "anonymous") return;
      if (caller === null) return this.#refuse(connection);
      connection.push({ type: "ack", ...(ref === undefined ? {} : { ref }) });
      await this.load(connection, handler, caller);
    } catch (error) {
      this.#fail(connection, error);
    }
  }

  /** A session is known: reads what belongs to it and goes live. Never rejects. */
  async load(
    connection: Connection,
    handler: FrameHandler,
    caller: Caller,
  ): Promise<void> {
    const { hub, admission, strangers } = this.options;
    connection.phase = "loading";
    connection.caller = { ...caller };
    admission.recognise(connection);
    strangers.remove(connection);
    connection.heardAt = this.options.monotonic();
    connection.hold();
    hub.presence.add(caller.user.id, connection);
    if (!admission.admitUser(caller.user.id, hub.presence)) {
      return hub.drop(connection, CLOSE.tooMany, "too many connections of this user");
    }
    const turn = this.#places.take();
    if (turn !== null) await turn;
    try {
      // Whoever has gone or was refused meanwhile needs nothing.
      if (isLoading(connection)) await this.#read(connection, caller);
    } finally {
      this.#places.giveBack();
    }
    if (isLive(connection)) handler.resume();
  }

  async #read(connection: Connection, caller: Caller): Promise<void> {
    const { journal, snapshot: read, isValid } = this.options;
    const entry = journal.open();
    try {
      const [snapshot, valid] = await Promise.all([
        read(caller.user),
        isValid(caller.sessionId),
      ]);
      // Checked again once the connection can hear of a revocation, so that none is missed.
      if (!valid) return this.#refuse(connection);
      this.#begin(connection, snapshot, journal.since(entry));
    } catch (error) {
      this.#fail(connection, error);
    } finally {
      journal.close(entry);
    }
  }

  #begin(connection: Connection, snapshot: Snapshot, missed: Notice[]): void {
    const { hub } = this.options;
    if (connection.phase !== "loading") return;
    connection.phase = "live";
    if (!knowsEverybody(snapshot.user)) {
      connection.people = new Set(snapshot.userIds);
    }
    const joints = this.#joinRooms(connection, snapshot);
    const [listed = "", ...others] = this.#presenceParts(connection, snapshot);
    connection.outgoing.pushFirst(this.#encodeReady(connection, snapshot, listed));
    for (const part of others) connection.pushText(presenceEvent(part));
    if (missed.length > 0) this.#replay(connection, snapshot, missed);
    if (hub.nodes !== null) sendLate(this.options, hub.nodes, connection, joints, missed);
    connection.releaseNow();
  }

  #replay(connection: Connection, snapshot: Snapshot, missed: readonly Notice[]): void {
    const { hub } = this.options;
    const rooms = new ListedRooms(snapshot);
    for (const notice of missed) {
      if (hub.nodes === null || notice.type !== "message") {
        replayNotice(hub, connection, notice, rooms);
      }
    }
  }

  #joinRooms(connection: Connection, { ids, heads, accesses }: Snapshot): Joint[] {
    const { nodes, channels } = this.options.hub;
    const joints: Joint[] = [];
    for (const [index, id] of ids.entries()) {
      const head = heads[index] ?? 0;
      let delivered = head;
      if (nodes !== null) {
        const access = accesses[index] ?? 0;
        nodes.serve(id, head, access);
        delivered = nodes.headOf(id) ?? head;
        joints.push({ room: id, read: head, access, delivered });
      }
      channels.join(id, connection, delivered < head ? head : 0);
    }
    return joints;
  }

  #encodeReady(
    { caller }: Connection,
    { user: { language, theme, showLocalTime, ...user }, ...snapshot }: Snapshot,
    listed: string,
  ): string {
    const { rooms, hidden, users, saved, threads, later, signIns, drafts, emoji, requests } =
      snapshot;
    const ready: Omit<ReadyEvent, "presence" | "rooms" | "users"> = {
      type: "ready",
      protocol: 1,
      epoch: this.options.epoch,
      instance: this.options.instance,
      sessionId: caller!.sessionId,
      user,
      settings: { language, theme, showLocalTime },
      hidden,
      saved,
      threads,
      ...(hasLater(later) && { later }),
      ...(drafts && { drafts: true }),
      ...(emoji > 0 && { emoji }),
      ...(signIns > 0 && { signIns: true }),
      ...this.options.hub.here(),
      ...(requests === undefined ? {} : { requests }),
      serverTime: this.options.now(),
    };
    const lists = `"rooms":${rooms},"users":${users},"presence":{${listed}}`;
    return `${JSON.stringify(ready).slice(0, -1)},${lists}}`;
  }

  /**
   * Who is online: the first part is in `ready`, the others follow as separate events. If many are
   * online, only the people `ready` lists; the others come with the next presence news, the same
   * for everybody who connected meanwhile.
   */
  #presenceParts(connection: Connection, { user, userIds }: Snapshot): string[] {
    const { presence } = this.options.hub;
    const seesAll = knowsEverybody(user);
    if (seesAll && presence.size <= PEOPLE_AN_EVENT) return encodeInParts(presence.all());
    if (seesAll) presence.addNewcomer(connection);
    return encodeInParts(userIds.map((id) => [id, presence.statusOf(id)]));
  }

  #refuse(connection: Connection): void {
    this.options.hub.drop(connection, CLOSE.unauthenticated, "not authenticated");
  }

  /** The store does not answer: the client keeps its session and retries. */
  #fail(connection: Connection, thrown: unknown): void {
    if (connection.phase === "closed") return;
    const { hub, log } = this.options;
    const { code } = toConfabError(thrown);
    // Its account was disabled while its rooms were read.
    if (code === "forbidden") return hub.drop(connection, CLOSE.banned, "disabled");
    if (code === "internal") log("A sign-in failed", thrown);
    hub.drop(connection, CLOSE.restarting, "the server cannot answer just now");
  }
}

function hasLater({ scheduled, failed, due }: Snapshot["later"]): boolean {
  return scheduled + failed + due > 0;
}

function isLoading(connection: Connection): boolean {
  return connection.phase === "loading";
}

/** A function, because the compiler assumes that a phase already checked cannot change. */
function isLive(connection: Connection): boolean {
  return connection.phase === "live";
}
