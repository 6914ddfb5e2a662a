/** What the tests of the store's contract begin with: a fresh store, people, rooms, a clock. */
import assert from "node:assert/strict";
import { ConfabError } from "../../../lib/errors.ts";
import type { ErrorCode } from "../../../lib/protocol/codes.ts";
import type { Message } from "../../../lib/protocol/messages.ts";
import type { User } from "../../../lib/protocol/people.ts";
import type { MemberRoom } from "../../../lib/protocol/rooms.ts";
import type { Change, Store, StoreOptions } from "../../../lib/store/store.ts";

/** Opens a new, empty store; `close` also takes away what it left on the disk. */
export type OpenStore = (
  options: StoreOptions,
) => Promise<{ store: Store; close(): Promise<void> }>;

export const HOUR = 3_600_000;
export const START = 1_700_000_000_000;

export class Stage {
  /** Each call of `onCommit`, in order. */
  readonly commits: Change[][] = [];
  /** Called beside the recording. */
  onCommit: (changes: Change[]) => void = () => {};
  store!: Store;
  #now = START;
  #clientIds = 0;

  /** A new moment, later than every one before. */
  now(): number {
    return this.#now += 1;
  }

  clientId(): string {
    return `client-${String(this.#clientIds++).padStart(12, "0")}`;
  }

  async signup(username: string): Promise<User & { sessionId: number }> {
    const now = this.now();
    const { user, sessionId } = await this.store.createAccount({
      username,
      displayName: username.toUpperCase(),
      passwordHash: `hash of ${username}`,
      session: { device: "test", address: "192.0.2.1", expiresAt: now + HOUR },
      firstOnly: false,
      now,
    });
    return { ...user, sessionId };
  }

  /** The first is the instance's owner. */
  async people<Names extends string>(
    ...names: Names[]
  ): Promise<Record<Names, User & { sessionId: number }>> {
    const people = {} as Record<Names, User & { sessionId: number }>;
    for (const name of names) people[name] = await this.signup(name);
    return people;
  }

  async room(
    kind: "public" | "private",
    name: string,
    owner: User,
    ...others: User[]
  ): Promise<MemberRoom> {
    const room = await this.store.createRoom({
      userId: owner.id,
      kind,
      name,
      topic: "",
      now: this.now(),
    });
    for (const other of others) await this.add(room.id, owner, other);
    return room;
  }

  add(room: number, actor: User, user: User): Promise<void> {
    return this.store.addMember({ actorId: actor.id, room, userId: user.id, now: this.now() });
  }

  remove(room: number, actor: User, user: User): Promise<void> {
    return this.store.removeMember({ actorId: actor.id, room, userId: user.id });
  }

  async send(
    user: User,
    room: number,
    text: string,
    more: { replyTo?: number; clientId?: string } = {},
  ): Promise<Message> {
    const { message } = await this.resend(user, room, text, more.clientId ?? this.clientId(), more);
    return message;
  }

  resend(
    user: User,
    room: number,
    text: string,
    clientId: string,
    more: { replyTo?: number } = {},
  ): Promise<{ message: Message; duplicate: boolean }> {
    const replyTo = more.replyTo ?? null;
    return this.store.sendMessage({
      userId: user.id,
      room,
      clientId,
      text,
      replyTo,
      now: this.now(),
    });
  }

  edit(user: User, message: Message, text: string): Promise<Message> {
    return this.store.editMessage({
      userId: user.id,
      message: message.id,
      text,
      now: this.now(),
    });
  }

  delete(user: User, message: Message): Promise<Message> {
    return this.store.deleteMessage({ userId: user.id, message: message.id, now: this.now() });
  }

  react(user: User, message: Message, emoji: string, on = true): Promise<Message> {
    const now = this.now();
    return this.store.react({ userId: user.id, message: message.id, emoji, on, now });
  }

  async memberRoom(user: User, room: number): Promise<MemberRoom> {
    const found = await this.store.getRoom({ userId: user.id, room });
    assert.ok("membership" in found, "is a member");
    return found;
  }

  /** What was committed since the last call. */
  takeChanges(): Change[] {
    return this.commits.splice(0).flat();
  }
}

/** Fails unless the operation is refused with this code. */
export async function refused(code: ErrorCode, operation: Promise<unknown>): Promise<ConfabError> {
  try {
    await operation;
  } catch (thrown) {
    assert.ok(thrown instanceof ConfabError, `a ConfabError, not ${thrown}`);
    assert.equal(thrown.code, code, thrown.message);
    return thrown;
  }
  assert.fail(`should have been refused with ${code}`);
}

export type StoreTest = (sentence: string, run: (stage: Stage) => Promise<void>) => void;

/** Into whose list which room came, in order. */
export function joinedIn(changes: readonly Change[]): [userId: number, room: number][] {
  return changes.flatMap((change) =>
    change.type === "joined" ? [[change.userId, change.room.id]] : []
  );
}
