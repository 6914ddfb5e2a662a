/**
 * When something that somebody sees last changed: counted in memory, by what the bus says. For a
 * node that is alone, since of several one may miss what another says. It knows no page, no store
 * and no clock.
 */
import type { Notice } from "./notice.ts";

/** What changed later has a greater one. */
export type ChangeNumber = number;

export class LastChanges {
  #now: ChangeNumber = 0;
  /** Of what everybody may see: names, what staff have set. */
  #everybody: ChangeNumber = 0;
  /** One number for everybody and every room in which something happened since the start. */
  readonly #people = new Map<number, ChangeNumber>();
  readonly #rooms = new Map<number, ChangeNumber>();

  /** To be taken before anything is read: what changes meanwhile is later. */
  get now(): ChangeNumber {
    return this.#now;
  }

  /** Whether what this member sees of themselves and of these rooms is what it was. */
  unchangedSince(moment: ChangeNumber, userId: number, rooms: readonly number[]): boolean {
    return this.#everybody <= moment && (this.#people.get(userId) ?? 0) <= moment &&
      rooms.every((room) => (this.#rooms.get(room) ?? 0) <= moment);
  }

  happened(notices: readonly Notice[]): void {
    for (const notice of notices) this.#note(notice);
  }

  #note(notice: Notice): void {
    switch (notice.type) {
      case "message":
      case "moved":
      case "room":
      case "threads":
        return this.#touchRoom(notice.room);
      case "joined":
      case "left":
        this.#touchRoom(typeof notice.room === "number" ? notice.room : notice.room.id);
        return this.#touch(notice.userId);
      case "read":
        // Others see it where it is told when.
        if (notice.seenAt !== undefined) this.#touchRoom(notice.room);
        return this.#touch(notice.userId);
      case "thread":
      case "follow":
        for (const { userId } of notice.states) this.#touch(userId);
        return;
      case "membership":
      case "unread":
      case "settings":
      case "saved":
      case "heard":
      case "scheduled":
      case "reminder":
      case "reminderSet":
      case "draft":
      case "signIn":
      case "signInsSeen":
      case "revoked":
        return this.#touch(notice.userId);
      case "user":
      case "requests":
      case "emoji":
      case "workspace":
        this.#everybody = ++this.#now;
        return;
      case "typing":
      case "presence":
      case "spending":
      case "events":
        return; // no page shows them
    }
  }

  #touch(userId: number): void {
    this.#people.set(userId, ++this.#now);
  }

  #touchRoom(room: number): void {
    this.#rooms.set(room, ++this.#now);
  }
}
