/**
 * Answers to `sync`: what changed in each room since a revision, one room after another, as fast as
 * the client reads. Chat holds the rules, the frame handler frames and acks.
 */
import type { Chat } from "../../chat/chat.ts";
import { ConfabError, toConfabError } from "../../errors.ts";
import type { EventLoop } from "../../event_loop.ts";
import type { HubCounts } from "../../metrics/counts.ts";
import type { Connection } from "../sockets/connection.ts";
import type { HubState } from "../state.ts";

/** How many syncs of one connection may be queued. */
const MOST_WAITING = 16;
/** Characters of an answer passed to the socket at a time. */
const CHUNK = 256 * 1024;
/** How often to check whether the client has read a piece (ms). */
const PAUSE = 10;

/** What changed in a room, encoded; null: the client is not in it. */
interface Page {
  room: number;
  text: string | null;
}

export class SyncAnswers {
  #waiting = 0;
  #last: Promise<void> | null = null;

  constructor(
    private readonly connection: Connection,
    private readonly options: {
      hub: HubState;
      chat: Chat;
      loop: Pick<EventLoop, "after">;
      counts: Pick<HubCounts, "syncRequests" | "syncRooms">;
    },
  ) {}

  /** One at a time: each waits until the client has read the answer to the one before. */
  answer(revisions: Record<string, number>, ack: () => void): Promise<void> {
    if (this.#waiting >= MOST_WAITING) {
      const retryAfter = 1_000;
      throw new ConfabError("rate_limited", "Too many syncs at once.", { retryAfter });
    }
    this.#waiting += 1;
    this.options.counts.syncRequests += 1;
    const before = this.#last ?? Promise.resolve();
    const mine = before.then(() => this.#answer(revisions, ack)).finally(() => {
      this.#waiting -= 1;
    });
    this.#last = mine.catch(() => {}); // the caller is told; the next one goes on
    return mine;
  }

  /**
   * Live events wait while rooms are read, so that none overtakes the answer. The hub knows who is
   * in a room: a connection may catch up on any room it hears live, until it is removed.
   */
  async #answer(revisions: Record<string, number>, ack: () => void): Promise<void> {
    const { connection, options: { hub } } = this;
    const acknowledge = once(ack);
    const rooms = Object.entries(revisions).map(([id, since]) => [Number(id), since] as const);
    connection.hold();
    try {
      let pages: Page[] = [];
      for (const [room, since] of rooms) {
        pages.push(await this.#read(room, since));
        // A look at what other nodes have written costs a round trip: one for as many as fit.
        if (hub.nodes !== null && pages.length < rooms.length && sizeOf(pages) < CHUNK) continue;
        await this.#show(pages, acknowledge);
        pages = [];
        if (connection.waiting > CHUNK) await this.#sendChunk();
      }
      await this.#show(pages, acknowledge);
    } finally {
      for (const [room] of rooms) connection.reading.delete(room);
      connection.release();
    }
  }

  async #read(room: number, since: number): Promise<Page> {
    const { connection, options: { hub } } = this;
    const listed = connection.rooms.has(room);
    const text = listed
      ? await hub.sharedChanges.page(room, since)
      : await this.#unlisted(room, since);
    return { room, text };
  }

  /** Whoever was removed before what a page shows was written must be known to be gone first. */
  async #show(pages: readonly Page[], acknowledge: () => void): Promise<void> {
    const { connection, options: { hub, counts } } = this;
    if (hub.nodes !== null && pages.length > 0) await hub.nodes.current();
    acknowledge();
    for (const { room, text } of pages) {
      counts.syncRooms += 1;
      if (text === null) connection.push({ type: "left", room });
      else connection.pushText(text, room);
      connection.reading.delete(room);
    }
  }

  /**
   * Changes of a room that is not in the list; null if the client is not in it at all. A removal
   * during the read takes the room out of `reading` again.
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

  /** A long answer is sent in pieces, each once the last was read: it must not pile up here. */
  async #sendChunk(): Promise<void> {
    const { connection, options: { loop } } = this;
    connection.release();
    do {
      await new Promise<void>((resolve) => loop.after(PAUSE, resolve));
    } while (isOpen(connection) && (connection.waiting > 0 || !connection.drained));
    connection.hold();
  }
}

function sizeOf(pages: readonly Page[]): number {
  return pages.reduce((size, { text }) => size + (text?.length ?? 0), 0);
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}

/** A function, because the compiler assumes that a phase already checked cannot change. */
function isOpen(connection: Connection): boolean {
  return connection.phase !== "closed";
}
