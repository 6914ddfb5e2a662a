/**
 * Sending messages, each once. Under load a batch holds many messages from the same people to the
 * same rooms: each sender's standing is read once; heads and read marks are written once.
 */
import { ConfabError, notFound } from "../../../errors.ts";
import type { File } from "../../../protocol/files.ts";
import type { Message } from "../../../protocol/messages.ts";
import { mayRead, mayWrite } from "../../../protocol/permissions.ts";
import type { Driver } from "../../driver.ts";
import type { NewMessage } from "../../contract/messages.ts";
import { fileIds } from "./file_rows.ts";
import { requireLoose } from "./files.ts";
import { requireFreePlaces, requireStored } from "./message_changes.ts";
import { Replying, type Root } from "./replying.ts";
import { NO_CHANGES, type Result, type Series, type Written } from "../operation.ts";
import { type Replied, rootChanges, sent } from "./sent.ts";
import { originalDigest } from "./original.ts";
import { moveReadMarkBy } from "./read_mark.ts";
import { insertMessage } from "./new_message.ts";
import { toMessage } from "./rows.ts";
import { type Joined, showToAll } from "./showing.ts";
import { findEarlier, findSenderStanding, requireVerdict, type RoomStanding } from "./standing.ts";

type Sent = Result<"sendMessage">;

/** A user in a room; valid as long as nothing is written that could change it. */
interface Sender {
  standing: RoomStanding;
  room: number;
  userId: number;
  /** The `seq` of their last message since the last `finish`; 0 before the first. */
  sentSeq: number;
}

/** A room's head as the database has it, and as it will be after `finish`. */
interface Head {
  stored: number;
  current: number;
  /** See `changes.ts`. */
  access: number;
}

const NO_FILES: File[] = [];

/** How many senders are kept: a few hundred bytes each. */
const MOST_SENDERS = 4096;

class Sending implements Series<NewMessage, Sent> {
  readonly #db: Driver;
  readonly #replying: Replying;
  readonly #senders = new Map<string, Sender>();
  /** Of the rooms of all senders. */
  readonly #heads = new Map<number, Head>();
  /** What `finish` has to write. */
  readonly #raised = new Set<number>();
  readonly #sent = new Set<Sender>();
  /** Rooms that are in all their members' lists. */
  readonly #shown = new Set<number>();

  constructor(db: Driver) {
    this.#db = db;
    this.#replying = new Replying(db);
  }

  async run(input: NewMessage): Promise<Written<Sent>> {
    const { sender, earlierId } = await this.#find(input);
    const { standing } = sender;
    requireVerdict(standing, mayRead(standing), "You are not a member of this room.");
    // Before checking whether the room is archived: a repeat after a lost ack must still get the
    // ack. After checking membership: a removed user is told nothing more about the room.
    if (earlierId !== null) return await sentBefore(this.#db, input, earlierId);
    requireVerdict(standing, mayWrite(standing), "You may not write in this room.");
    const root = input.replyTo === null ? null : await this.#rootOf(input.room, input.replyTo);
    const files = input.files === undefined
      ? NO_FILES
      : await requireLoose(this.#db, input.userId, input.files);
    const shown = await this.#show(input.room);
    const { message, named } = await this.#store(input, sender, root?.message.id ?? null, files);
    const { access } = this.#heads.get(input.room)!; // set with the first sender
    const written = sent(message, access, shown);
    return root === null ? written : await this.#reply(written, root, access, named);
  }

  async finish(): Promise<void> {
    await this.#replying.finish();
    for (const room of this.#raised) await this.#storeHead(room, this.#heads.get(room)!);
    for (const sender of this.#sent) {
      await moveReadMarkBy(this.#db, sender.room, sender.userId, sender.sentSeq);
      sender.sentSeq = 0;
    }
    this.#raised.clear();
    this.#sent.clear();
    if (this.#senders.size < MOST_SENDERS) return;
    this.#senders.clear();
    this.#heads.clear();
    this.#shown.clear();
  }

  /**
   * Called before the room's first message here, so that members it comes back to see the earlier
   * head.
   */
  async #show(room: number): Promise<readonly Joined[]> {
    if (this.#shown.has(room)) return [];
    this.#shown.add(room);
    const shown = await showToAll(this.#db, room);
    for (const { access } of shown) this.#heads.get(room)!.access = access;
    return shown;
  }

  /** Refuses if the head is not the one from which places were counted. */
  async #storeHead(room: number, head: Head): Promise<void> {
    const changed = await this.#db.run("UPDATE rooms SET head = ? WHERE id = ? AND head = ?", [
      head.current,
      room,
      head.stored,
    ]);
    if (changed !== 1) throw new Error("The head of a room has moved meanwhile.");
    head.stored = head.current;
  }

  async #find(input: NewMessage): Promise<{ sender: Sender; earlierId: number | null }> {
    const { room, userId, clientId } = input;
    const key = `${room} ${userId}`;
    const known = this.#senders.get(key);
    if (known !== undefined) {
      return { sender: known, earlierId: await findEarlier(this.#db, userId, clientId) };
    }
    await this.#db.lockRoom(room);
    const found = await findSenderStanding(this.#db, userId, room, clientId);
    if (found === null) throw notFound("room");
    const { standing, earlierId } = found;
    if (!this.#heads.has(room)) {
      await requireFreePlaces(this.#db, room, standing.head);
      const { head, access } = standing;
      this.#heads.set(room, { stored: head, current: head, access });
    }
    const sender = { standing, room, userId, sentSeq: 0 };
    this.#senders.set(key, sender);
    return { sender, earlierId };
  }

  /**
   * The room was locked before its head was read, so nobody else has raised it meanwhile, and
   * commit order is the order of heads.
   */
  async #store(input: NewMessage, sender: Sender, thread: number | null, files: File[]) {
    const head = this.#heads.get(input.room)!; // set when its first sender was found
    const seq = head.current + 1;
    const { username } = sender.standing;
    const inserted = await insertMessage(this.#db, input, username, seq, thread, files);
    head.current = sender.sentSeq = seq;
    this.#raised.add(input.room);
    this.#sent.add(sender);
    return inserted;
  }

  async #rootOf(room: number, target: number): Promise<Root> {
    const root = await this.#replying.rootOf(room, target);
    if (root === null) throw noReplyTarget();
    return root;
  }

  /** Its root changes behind it. */
  async #reply(
    { result, changes }: Written<Sent>,
    root: Root,
    access: number,
    named: readonly number[],
  ): Promise<Written<Sent>> {
    const states = await this.#replying.add(root, result.message, named);
    this.#heads.get(result.message.room)!.current = root.message.rev;
    const told = [...changes, ...rootChanges(root.message, access, states)];
    const replied: Replied = { result, changes: told, base: root.base };
    return replied;
  }
}

export function inSeries(db: Driver): Series<NewMessage, Sent> {
  return new Sending(db);
}

/** What to answer to a message that its sender has stored before, if it is the same. */
export async function sentBefore(
  db: Driver,
  input: NewMessage,
  earlierId: number,
): Promise<Written<Sent>> {
  const message = await requireSame(db, input, earlierId);
  return { result: { message, duplicate: true }, changes: NO_CHANGES };
}

/** The message stored before, if the message sent now has its original content. */
async function requireSame(db: Driver, input: NewMessage, earlierId: number): Promise<Message> {
  const earlier = await requireStored(db, earlierId);
  const message = toMessage(earlier);
  const { files = [] } = input;
  const same = earlier.original_digest === null
    ? earlier.room_id === input.room && earlier.text === input.text &&
      earlier.reply_to === input.replyTo && String(fileIds(message)) === String(files)
    : earlier.original_digest ===
      await originalDigest(input.room, input.text, input.replyTo, files);
  if (same) return message;
  throw new ConfabError("conflict", "Another message was sent with this clientId before.");
}

export async function requireReplyTarget(db: Driver, room: number, id: number): Promise<void> {
  const target = await db.get(
    "SELECT id FROM messages WHERE id = ? AND room_id = ?",
    [id, room],
  );
  if (target === undefined) throw noReplyTarget();
}

export function noReplyTarget(): ConfabError {
  const message = "A reply must answer a message of the same room.";
  return new ConfabError("invalid", message, {
    errors: [{ path: "replyTo", message, reason: "invalid" }],
  });
}
