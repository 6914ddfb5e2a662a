/**
 * Answers to `sync`: what changed in each room since a revision, one room after the other, as fast
 * as the client reads. Rules are chat's; frames and acks are the conversation's.
 */
import type { Chat } from "../../chat/chat.ts";
import { ConfabError, toConfabError } from "../../errors.ts";
import type { EventLoop } from "../../event_loop.ts";
import type { Connection } from "../sockets/connection.ts";
import type { HubState } from "../state.ts";

/** Syncs of one connection that may wait for each other. */
const MOST_WAITING = 16;
/** Characters of an answer that are handed to the socket at a time. */
const CHUNK = 256 * 1024;
/** How often it is asked whether the client has read a piece (ms). */
const PAUSE = 10;

export class SyncAnswers {
  #waiting = 0;
  #last: Promise<void> | null = null;

  constructor(
    private readonly connection: Connection,
    private readonly options: { hub: HubState; chat: Chat; loop: Pick<EventLoop, "after"> },
  ) {}

  /** One at a time: each waits until the client has read the answer to the one before. */
  answer(revisions: Record<string, number>, ack: () => void): Promise<void> {
    if (this.#waiting >= MOST_WAITING) {
      const retryAfter = 1_000;
      throw new ConfabError("rate_limited", "Too many syncs at once.", { retryAfter });
    }
    this.#waiting += 1;
    const before = this.#last ?? Promise.resolve();
    const mine = before.then(() => this.#answer(revisions, ack)).finally(() => {
      this.#waiting -= 1;
    });
    this.#last = mine.catch(() => {}); // told to whoever asked; the next one goes on
    return mine;
  }

  /**
   * Live events wait while a room is read, so that none overtakes the answer. Who is in a room
   * is known here: what the connection hears live it may also catch up with, until it is removed.
   */
  async #answer(revisions: Record<string, number>, ack: () => void): Promise<void> {
    const { connection, options: { hub } } = this;
    let acked = false;
    connection.hold();
    try {
      for (const [id, since] of Object.entries(revisions)) {
        const room = Number(id);
        const listed = connection.rooms.has(room);
        const page = listed
          ? await hub.catchUp.page(room, since)
          : await this.#unlisted(room, since);
        if (!acked) ack();
        acked = true;
        if (page === null) connection.push({ type: "left", room });
        else connection.pushText(page, room);
        connection.reading.delete(room);
        if (connection.waiting > CHUNK) await this.#sendChunk();
      }
      if (!acked) ack();
    } finally {
      connection.release();
    }
  }

  /**
   * Of a room that is not in the list; null where the client is not in it at all. A removal that
   * is told of while it is read takes the room out of `reading` again.
   */
  async #unlisted(room: number, since: number): Promise<string | null> {
    const { connection, options: { chat } } = this;
    connection.reading.add(room);
    try {
      const changes = await chat.run("changes", connection.actor, { room, since });
      return JSON.stringify({ type: "changes", room, ...changes });
    } catch (thrown) {
      const { code } = toConfabError(thrown);
      if (code === "not_found" || code === "forbidden") return null;
      throw thrown;
    }
  }

  /** A long answer leaves in pieces, each when the last was read: it must not pile up here. */
  async #sendChunk(): Promise<void> {
    const { connection, options: { loop } } = this;
    connection.release();
    do {
      await new Promise<void>((resolve) => loop.after(PAUSE, resolve));
    } while (isOpen(connection) && (connection.waiting > 0 || !connection.drained));
    connection.hold();
  }
}

/** A function, since the compiler believes that a phase it has seen cannot change. */
function isOpen(connection: Connection): boolean {
  return connection.phase !== "closed";
}
