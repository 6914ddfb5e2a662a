/**
 * Rooms that are being read for their members, and what these are told meanwhile: what was read is
 * older then, and nobody may be told of a room as it was before what they were told last. It reads
 * nothing.
 */
import type { Notice } from "../chat/notice.ts";

/** A room that is being read. Who has heard of something else in it is late: messages aside. */
class Telling {
  readonly #late = new Set<number>();
  #isOld = false;

  constructor(readonly room: number) {}

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

export class Tellings {
  readonly #underWay = new Set<Telling>();

  /** To be called before the room is read. */
  begin(room: number): Telling {
    const telling = new Telling(room);
    this.#underWay.add(telling);
    return telling;
  }

  end(telling: Telling): void {
    this.#underWay.delete(telling);
  }

  heard(notice: Notice): void {
    if (this.#underWay.size === 0 || notice.type === "message") return;
    for (const telling of this.#underWay) {
      if ("room" in notice && notice.room === telling.room) telling.hear(notice);
    }
  }
}
