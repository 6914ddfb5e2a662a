/**
 * Rooms that are being read for their members, who waits for it, and what they are told meanwhile:
 * what was read is older then, and nobody may be told of a room as it was before what they were told
 * last. It reads nothing.
 */
import type { Notice } from "../chat/notice.ts";
import type { Connection } from "./sockets/connection.ts";

/** A room that is told: read as often as it takes, and never twice at once. */
export class RoomTelling {
  readonly #wanted = new Set<Connection>();
  /** Who was told something newer since the read began: messages aside. */
  readonly #late = new Set<number>();
  #isOld = false;

  get isDone(): boolean {
    return this.#wanted.size === 0;
  }

  want(connection: Connection): void {
    this.#wanted.add(connection);
  }

  /** Takes those for whom it is read now: all the connections of as many people, at most. */
  begin(people: number): Map<number, Connection[]> {
    this.#late.clear();
    this.#isOld = false;
    const taken = new Map<number, Connection[]>();
    for (const connection of this.#wanted) {
      const userId = connection.caller?.user.id ?? 0;
      const own = taken.get(userId) ?? [];
      if (own.length === 0 && taken.size === people) continue;
      this.#wanted.delete(connection);
      taken.set(userId, [...own, connection]);
    }
    return taken;
  }

  isLate(userId: number): boolean {
    return this.#isOld || this.#late.has(userId);
  }

  hear(notice: Notice): void {
    switch (notice.type) {
      case "room":
      case "threads":
        this.#isOld = true;
        return;
      case "membership":
      case "joined":
      case "left":
      case "read":
      case "unread":
        this.#late.add(notice.userId);
        return;
      case "thread":
      case "follow":
        for (const { userId } of notice.states) this.#late.add(userId);
    }
  }
}

export class RoomTellings {
  readonly #underWay = new Map<number, RoomTelling>();

  /** Null: it is being told, and these will be, too. Else it is to be told now, and ended. */
  want(room: number, connections: readonly Connection[]): RoomTelling | null {
    const known = this.#underWay.get(room);
    const telling = known ?? new RoomTelling();
    for (const connection of connections) telling.want(connection);
    if (known !== undefined || telling.isDone) return null;
    this.#underWay.set(room, telling);
    return telling;
  }

  end(room: number): void {
    this.#underWay.delete(room);
  }

  heard(notice: Notice): void {
    if (this.#underWay.size === 0 || !("room" in notice)) return;
    // Who has joined is told the whole room.
    const room = typeof notice.room === "number" ? notice.room : notice.room.id;
    this.#underWay.get(room)?.hear(notice);
  }
}
