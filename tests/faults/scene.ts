/**
 * What every fault test begins with and ends with: the real program with people in it, and the
 * oracle over all that they logged.
 *
 * FAULT_SEED replays a run, FAULT_SOAK=1 asks for the long runs and strict figures of
 * `deno task soak`, and FAULT_ROUNDS says how many rounds a test makes (2, in a soak 20).
 */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { Api, fetchRoom, type MemberRoom, type Person } from "../support/chat_client.ts";
import { type ClientLog, findViolations, type StoredMessage, type View } from "./oracle.ts";
import { Participant } from "./participant.ts";
import { type Program, startProgram } from "../support/program.ts";
import { createRandom, type Random } from "../support/random.ts";
import { toView } from "./replica.ts";
import { SECRET, seedPeople } from "../support/seeded_people.ts";

/** The room that everybody is in. */
export const GENERAL = 1;
export const SOAK = Deno.env.get("FAULT_SOAK") === "1";
export const ROUNDS = Number(Deno.env.get("FAULT_ROUNDS") ?? (SOAK ? 20 : 2));
const SEED = Number(Deno.env.get("FAULT_SEED") ?? Date.now() % 1_000_000);

/** Says what was measured, and how to see it again. */
export function report(line: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`    ${line}\n`));
}

/** A fault test: its seed is printed where it fails. */
export function faultTest(
  name: string,
  run: (random: Random) => Promise<void>,
  options: { soakOnly?: boolean } = {},
): void {
  Deno.test({
    name,
    ignore: options.soakOnly === true && !SOAK,
    sanitizeOps: true,
    sanitizeResources: true,
    async fn() {
      try {
        report(`seed ${SEED}`);
        await run(createRandom(SEED));
      } catch (error) {
        report(`Replay with FAULT_SEED=${SEED} FAULT_ROUNDS=${ROUNDS}: "${name}"`);
        throw error;
      }
    },
  });
}

export interface SceneOptions {
  people: number;
  env?: Record<string, string>;
  /** File descriptors that the program may have. */
  openFiles?: number;
  /** Kept by the caller; else a temporary folder. */
  dataDir?: string;
}

/** Without the limits that other tests are about. */
const UNLIMITED = {
  CONFAB_AUTH_RATE: "0",
  CONFAB_SEND_RATE: "0",
  CONFAB_CONNECTIONS_PER_USER: "0",
  CONFAB_CONNECTIONS_PER_ADDRESS: "0",
  CONFAB_SECRET: SECRET,
};

export class Scene {
  readonly participants: Participant[] = [];

  private constructor(
    readonly program: Program,
    readonly people: Person[],
    readonly random: Random,
  ) {}

  /** Starts the program with people in it, runs the test, stops whatever is still running. */
  static async run(
    random: Random,
    options: SceneOptions,
    test: (scene: Scene) => Promise<void>,
  ): Promise<void> {
    const dataDir = options.dataDir ?? await Deno.makeTempDir({ prefix: "confab-faults-" });
    try {
      const peopleAt = await seedPeople(dataDir, options.people);
      await using program = await startProgram({
        dataDir,
        env: { ...UNLIMITED, ...options.env },
        ...(options.openFiles === undefined ? {} : { openFiles: options.openFiles }),
      });
      const scene = new Scene(program, peopleAt(program.url), random);
      try {
        await test(scene);
      } finally {
        await Promise.all(scene.participants.map((participant) => participant.stop()));
      }
    } finally {
      if (options.dataDir === undefined) await Deno.remove(dataDir, { recursive: true });
    }
  }

  get url(): string {
    return this.program.url;
  }

  get owner(): Person {
    return this.people[0]!;
  }

  /** Requests by somebody without an account. */
  get stranger(): Api {
    return new Api(this.url);
  }

  join(person: Person): Participant {
    const participant = new Participant(person, this.random);
    this.participants.push(participant);
    participant.start();
    return participant;
  }

  /** A private room of these people; the first makes it. */
  async room(owner: Person, ...others: Person[]): Promise<number> {
    const name = `room ${this.random.id()}`;
    const { id } = await owner.api.post<MemberRoom>("/api/rooms", { kind: "private", name });
    for (const other of others) await owner.api.put(`/api/rooms/${id}/members/${other.id}`);
    return id;
  }

  /** Waits until everybody is up to date, and holds all promises against what happened. */
  async verify(participants: readonly Participant[] = this.participants): Promise<void> {
    const { rows, heads } = readDatabase(`${this.program.dataDir}/chat.db`);
    await Promise.all(
      participants.map((each) => each.settled(onlyKnown(heads, each))),
    );
    const views = await Promise.all(participants.map(async (each) => ({
      name: each.person.username,
      state: each.replica.view,
      fetched: await fetchView(each.person.api),
    })));
    assertKept(this.participants.map(({ log }) => log), rows, heads, views);
  }
}

/** Of the rooms that the participant is in. */
function onlyKnown(heads: ReadonlyMap<number, number>, { replica }: Participant) {
  return new Map([...heads].filter(([room]) => replica.head(room) >= 0));
}

export function assertKept(
  clients: ClientLog[],
  rows: StoredMessage[],
  heads: Map<number, number>,
  views: { name: string; state: View; fetched: View }[],
): void {
  const violations = findViolations({ clients, rows, heads, views });
  assert.deepEqual(violations.slice(0, 10), [], `${violations.length} broken promises`);
}

/** What a client would see that knows nothing yet. */
export async function fetchView(api: Api): Promise<View> {
  const { rooms } = await api.get<{ rooms: MemberRoom[] }>("/api/rooms");
  const views = rooms.map(async (room) => {
    const { messages, head } = await fetchRoom(api, room.id);
    return [room.id, toView(room, head, messages)] as const;
  });
  return new Map(await Promise.all(views));
}

interface MessageRow {
  id: number;
  room_id: number;
  seq: number;
  rev: number;
  user_id: number;
  client_id: string;
  text: string;
  edited_at: number | null;
  deleted_at: number | null;
}

/** The database as it lies on the disk, read past the program. */
export function readDatabase(path: string) {
  using db = new DatabaseSync(path, { readOnly: true });
  // The casts: node:sqlite cannot know what a statement selects.
  const messages = db.prepare(
    `SELECT id, room_id, seq, rev, user_id, client_id, text, edited_at, deleted_at FROM messages
     ORDER BY id`,
  ).all() as unknown as MessageRow[];
  const rooms = db.prepare("SELECT id, head FROM rooms").all() as unknown as {
    id: number;
    head: number;
  }[];
  const rows = messages.map((row): StoredMessage => ({
    id: row.id,
    room: row.room_id,
    seq: row.seq,
    rev: row.rev,
    userId: row.user_id,
    clientId: row.client_id,
    text: row.text,
    rewritten: row.edited_at !== null || row.deleted_at !== null,
  }));
  return { rows, heads: new Map(rooms.map(({ id, head }) => [id, head])) };
}
