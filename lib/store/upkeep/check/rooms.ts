/** Rooms: their names' keys and looks, who owns them, who a direct room is between. */
import { nameKey } from "../../../protocol/names.ts";
import type { Driver } from "../../driver.ts";
import { looksOf } from "../../looks/looks.ts";
import { peopleOfKey } from "../../operations/parts/direct_key.ts";
import { CLASH } from "../../operations/parts/identity.ts";
import { allInList, LIST } from "../../operations/parts/lists.ts";
import { type Check, pages, rowCheck } from "./rows.ts";

const owners = rowCheck<{ id: number; member_count: number }>(
  "room_owners",
  `SELECT r.id, r.member_count FROM rooms AS r
   WHERE r.kind <> 'direct' AND EXISTS (SELECT 1 FROM members AS m WHERE m.room_id = r.id)
     AND NOT EXISTS (SELECT 1 FROM members AS m WHERE m.room_id = r.id AND m.role = 'owner')
   ORDER BY r.id`,
  (row) => `Room ${row.id} has members and no owner.`,
);

interface NamedRoom {
  id: number;
  kind: string;
  name: string;
  name_key: string;
}

const names: Check = {
  name: "room_names",
  async *faults(db) {
    const rooms = pages<NamedRoom>(
      db,
      `SELECT id, kind, name, name_key FROM rooms WHERE id > ? AND name IS NOT NULL ORDER BY id`,
      ({ id }) => id,
      0,
    );
    for await (const page of rooms) {
      const taken = await takenLooks(db, page);
      for (const { id, kind, name, name_key } of page) {
        const key = nameKey(name);
        if (name_key !== key && name_key !== `${key}${CLASH}${id}`) {
          yield `Room ${id} is found by another name than its own.`;
        }
        if (kind === "public" && !looksOf(name).every((look) => taken.has(look))) {
          yield `Nothing keeps another public room from looking like room ${id}.`;
        }
      }
    }
  },
};

async function takenLooks(db: Driver, rooms: readonly NamedRoom[]): Promise<Set<string>> {
  const looks = rooms.filter(({ kind }) => kind === "public").flatMap(({ name }) => looksOf(name));
  const rows = await allInList<{ look: string }>(
    db,
    `SELECT look FROM room_looks WHERE look IN (${LIST})`,
    [],
    [...new Set(looks)],
  );
  return new Set(rows.map(({ look }) => look));
}

const looks: Check = {
  name: "room_looks",
  async *faults(db) {
    const rows = pages<{ look: string; room_id: number; kind: string; name: string | null }>(
      db,
      `SELECT l.look, l.room_id, r.kind, r.name FROM room_looks AS l
       JOIN rooms AS r ON r.id = l.room_id WHERE l.look > ? ORDER BY l.look`,
      ({ look }) => look,
      "",
    );
    for await (const page of rows) {
      for (const { look, room_id, kind, name } of page) {
        if (kind === "public" && name !== null && looksOf(name).includes(look)) continue;
        yield `The look “${look}” is kept for room ${room_id}, which does not look like that.`;
      }
    }
  },
};

const directs: Check = {
  name: "direct_rooms",
  async *faults(db) {
    const rooms = pages<{ id: number; direct_key: string }>(
      db,
      `SELECT id, direct_key FROM rooms WHERE id > ? AND kind = 'direct' ORDER BY id`,
      ({ id }) => id,
      0,
    );
    for await (const page of rooms) {
      const members = await membersOf(db, page.map(({ id }) => id));
      for (const { id, direct_key } of page) {
        const people = peopleOfKey(direct_key).users.toSorted((a, b) => a - b).join(", ");
        const found = (members.get(id) ?? []).toSorted((a, b) => a - b).join(", ");
        if (people !== found) {
          yield `Room ${id} is between users ${people}, and its members are ${found || "none"}.`;
        }
      }
    }
  },
};

async function membersOf(db: Driver, rooms: number[]): Promise<Map<number, number[]>> {
  const rows = await allInList<{ room_id: number; user_id: number }>(
    db,
    `SELECT room_id, user_id FROM members WHERE room_id IN (${LIST})`,
    [],
    rooms,
  );
  const members = new Map<number, number[]>();
  for (const { room_id, user_id } of rows) {
    members.set(room_id, [...members.get(room_id) ?? [], user_id]);
  }
  return members;
}

export const roomChecks: readonly Check[] = [owners, names, looks, directs];
