/**
 * The world in which every rule is tried: an account of each role, and for each a room of each kind.
 * All are members while it is built; their roles are given at the end.
 */
import type { User, UserRole } from "../../../lib/protocol/people.ts";
import type { Standing } from "../../../lib/protocol/permissions.ts";
import { type Stage } from "../store/stage.ts";
import {
  IN_ROOMS,
  type Role,
  ROLES,
  type RoomRow,
  type Situation,
  SITUATIONS,
} from "./expected.ts";

/** No room, message or account has this id. */
const NOBODY = 999_999_999;

/** Somebody who acts, and those with whom they try it. */
export interface Case {
  id: number;
  actor: number;
  role: Role;
  owner: number;
  admin: number;
  /** In no room of theirs; no more once they talk. */
  stranger: number;
  /** With whom they have a direct room. */
  friend: number;
  disabled: number;
  nobody: number;
  /** A room that the actor owns. */
  home: number;
}

/** One operation of one role in one kind of room. */
export interface Cell {
  role: Role;
  situation: Situation;
  actor: number;
  room: number;
  /** Another member. */
  mate: number;
  /** Who is no member. */
  newcomer: number;
  /** Messages of the actor and of somebody else; outside, both are of somebody else. */
  own: number;
  others: number;
  clientId: string;
}

export interface World {
  cases: Case[];
  cellOf(row: RoomRow, situation: Situation, role: Role): Cell;
}

/** The rooms are made all at once: the store puts what waits together into few commits. */
export async function buildWorld(stage: Stage): Promise<World> {
  const owner = await stage.signup("owner");
  const { host, mate, newcomer, disabled } = await stage.people(
    "host",
    "mate",
    "newcomer",
    "disabled",
  );
  const actors = new Map<Role, User>([["owner", owner]]);
  await Promise.all(
    ROLES.slice(1).map(async (role) => actors.set(role, await stage.signup(`the-${role}`))),
  );
  const builder = new Builder(stage, host, mate);
  const cells = new Map<string, Cell>();
  await Promise.all(
    ROLES.flatMap((role) =>
      SITUATIONS.flatMap((situation) =>
        [undefined, ...IN_ROOMS.filter(({ alone }) => alone)].map(async (row) => {
          const place = await builder.place(situation, actors.get(role)!);
          const clientId = stage.clientId();
          const fixed = { newcomer: newcomer.id, clientId };
          cells.set(keyOf(row, situation, role), { role, situation, ...fixed, ...place });
        })
      )
    ),
  );
  const cases = await Promise.all(
    ROLES.map((role, id) => builder.someone(role, id, actors.get(role)!, owner, disabled)),
  );
  await stage.remove(1, actors.get("guest")!, actors.get("guest")!);
  const change = (userId: number, change: { role?: UserRole; disabled?: boolean }) =>
    stage.store.updateUser({
      actorId: owner.id,
      userId,
      ...change as { role?: Exclude<UserRole, "owner"> },
      now: stage.now(),
    });
  for (const role of ["admin", "bot", "guest"] as const) {
    await change(actors.get(role)!.id, { role });
  }
  for (const { admin } of cases) await change(admin, { role: "admin" });
  await change(actors.get("disabled")!.id, { disabled: true });
  await change(disabled.id, { disabled: true });
  return {
    cases,
    cellOf(row, situation, role) {
      return cells.get(keyOf(row.alone ? row : undefined, situation, role))!;
    },
  };
}

function keyOf(row: RoomRow | undefined, situation: Situation, role: Role): string {
  return `${row?.command} ${row?.what} ${situation} ${role}`;
}

type Place = Pick<Cell, "actor" | "mate" | "room" | "own" | "others">;

class Builder {
  #number = 0;

  constructor(
    readonly stage: Stage,
    readonly host: User,
    readonly mate: User,
  ) {}

  async someone(
    role: Role,
    id: number,
    actor: User,
    owner: User,
    disabled: User,
  ): Promise<Case> {
    const { stage } = this;
    const admin = await stage.signup(`admin-of-${role}`);
    const stranger = await stage.signup(`stranger-of-${role}`);
    const friend = await stage.signup(`friend-of-${role}`);
    await this.#direct(friend, actor);
    const home = await stage.room("private", "home", actor);
    return {
      id,
      actor: actor.id,
      role,
      owner: owner.id,
      admin: admin.id,
      stranger: stranger.id,
      friend: friend.id,
      disabled: disabled.id,
      nobody: NOBODY,
      home: home.id,
    };
  }

  async place(situation: Situation, actor: User): Promise<Place> {
    if (situation === "nowhere") {
      const nothing = { room: NOBODY, own: NOBODY, others: NOBODY };
      return { actor: actor.id, mate: this.mate.id, ...nothing };
    }
    const inside = !situation.endsWith("Outside");
    const owns = situation.endsWith("Owner");
    // A direct room is that of exactly these people: each has somebody of its own in it.
    const mate = /^(direct|group)/.test(situation)
      ? await this.stage.signup(`mate-${this.#number++}`)
      : this.mate;
    const room = await this.#room(situation, actor, mate, owns);
    if (inside && !owns && !isDirect(situation)) await this.stage.add(room, this.host, actor);
    const others = (await this.stage.send(mate, room, "another's")).id;
    const own = inside ? (await this.stage.send(actor, room, "one's own")).id : others;
    if (situation.startsWith("archived")) {
      const userId = owns ? actor.id : this.host.id;
      await this.stage.store.updateRoom({ userId, room, archived: true });
    }
    return { actor: actor.id, mate: mate.id, room, own, others };
  }

  async #room(situation: Situation, actor: User, mate: User, owns: boolean): Promise<number> {
    const name = `room ${this.#number++}`;
    switch (situation) {
      case "directOutside":
        return this.#direct(mate, this.host);
      case "groupOutside":
        return this.#direct(mate, this.host, this.mate);
      case "direct":
        return this.#direct(mate, actor);
      case "group":
        return this.#direct(mate, actor, this.host);
      default: {
        const kind = situation.startsWith("private") ? "private" : "public";
        const room = await this.stage.room(kind, name, owns ? actor : this.host);
        await this.stage.add(room.id, owns ? actor : this.host, mate);
        return room.id;
      }
    }
  }

  async #direct(maker: User, ...others: User[]): Promise<number> {
    const users = others.map(({ id }) => id);
    const now = this.stage.now();
    return (await this.stage.store.openDirect({ userId: maker.id, users, now })).room.id;
  }
}

function isDirect(situation: Situation): boolean {
  return situation === "direct" || situation === "group";
}

/** The facts of a cell, as the rules ask for them. */
export function standingOf({ role, situation }: Cell): Standing {
  const owns = situation.endsWith("Owner");
  const outside = situation.endsWith("Outside");
  const kind = /^(direct|group)/.test(situation)
    ? "direct"
    : situation.startsWith("private")
    ? "private"
    : "public";
  return {
    user: { role: role === "disabled" ? "member" : role, disabled: role === "disabled" },
    kind,
    archived: situation.startsWith("archived"),
    member: outside ? null : owns ? "owner" : "member",
    group: situation.startsWith("group"),
  };
}
