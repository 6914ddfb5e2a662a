/**
 * Several real hubs over one model of a database, joined by a bus that loses, repeats, delays and
 * reorders: whatever happens, each client ends with exactly what the database has, gets each room's
 * messages in their order, and none that was written after it was removed.
 */
import assert from "node:assert/strict";
import type { ClientSocketHandlers } from "../../../lib/hub/sockets/client_socket.ts";
import type { Message } from "../../../lib/protocol/messages.ts";
import type { ServerEvent } from "../../../lib/protocol/events.ts";
import { Replica } from "../../faults/replica.ts";
import { createRandom, type Random } from "../../support/random.ts";
import { VirtualLoop } from "../../support/virtual_loop.ts";
import { caller } from "../hub_fixture.ts";
import { ModelDatabase } from "./model_database.ts";
import { LyingNetwork, ModelNode } from "./model_node.ts";

const USERS = [1, 2, 3, 4, 5, 6];
const ROOMS = [11, 12, 13];
/** How long the model is busy, and how long it may take to come to rest (ms). */
const BUSY = 15_000;
const REST = 12_000;
/** Within which nothing more reaches a revoked session, whatever the bus does (ms). */
const REVOKED_WITHIN = 5_000;

interface World {
  virtual: VirtualLoop;
  random: Random;
  database: ModelDatabase;
  nodes: ModelNode[];
  clients: ModelClient[];
  /** Nobody leaves by themselves any more. */
  calm: boolean;
}

/** A person's browser: follows the protocol, comes back when it is cut off. */
class ModelClient {
  readonly replica = new Replica();
  online = false;
  readonly #asking = new Set<number>();
  readonly #asked = new Map<string, Record<string, number>>();
  #connection = 0;

  constructor(private readonly world: World, readonly userId: number) {}

  connect(): void {
    if (this.online || this.world.database.revoked.has(this.userId)) return;
    this.online = true;
    this.#asking.clear();
    const connection = ++this.#connection;
    const { random, nodes, virtual } = this.world;
    let handlers!: ClientSocketHandlers;
    const last = new Map<number, number>();
    const node = random.pick(nodes);
    node.hub.adopt((given) => {
      handlers = given;
      return {
        send: (frame) => {
          for (const event of JSON.parse(frame) as ServerEvent[]) {
            if (connection === this.#connection) this.#take(event, connection, last, handlers);
          }
        },
        close: (code) => {
          if (code !== 4401) assert.equal(code, 1012, `client ${this.userId} was closed`);
          this.#disconnect(connection, handlers);
        },
        cut: () => this.#disconnect(connection, handlers),
        buffered: 0,
        stuck: false,
      };
    }, { address: "192.0.2.1", network: "192.0.2.1", caller: caller(this.userId) });
    handlers.opened();
    if (random.next() < 0.3) {
      virtual.loop.after(random.below(6_000), () => {
        if (!this.world.calm) this.#disconnect(connection, handlers);
      });
    }
  }

  #disconnect(connection: number, handlers: ClientSocketHandlers): void {
    if (connection !== this.#connection || !this.online) return;
    this.online = false;
    const { virtual, random } = this.world;
    virtual.loop.after(1, () => handlers.closed());
    virtual.loop.after(10 + random.below(500), () => this.connect());
  }

  #take(
    event: ServerEvent,
    connection: number,
    last: Map<number, number>,
    handlers: ClientSocketHandlers,
  ): void {
    const { database, virtual } = this.world;
    if (event.type === "message") {
      const { room, rev } = event;
      const revoked = database.revoked.get(this.userId) ?? Infinity;
      if (database.committedAt(room, rev) > revoked) {
        assert.ok(virtual.loop.now() - revoked < REVOKED_WITHIN, "nothing after a revocation");
      }
      const may = database.mayHaveRead(room, rev, this.userId);
      assert.ok(may, `user ${this.userId} got revision ${rev} of ${room} after they were removed`);
      assert.ok(
        rev > (last.get(room) ?? 0),
        `user ${this.userId}: ${rev} of room ${room} after ${last.get(room)}`,
      );
      last.set(room, Math.max(rev, last.get(room) ?? 0));
    }
    if (event.type === "left") {
      last.delete(event.room);
      // An answer that is on its way would be taken for one about the next stay.
      if (this.#asking.has(event.room)) return this.#disconnect(connection, handlers);
    }
    if (event.type === "changes") {
      this.#asking.delete(event.room);
      for (const { rev } of event.messages) {
        const may = database.mayHaveRead(event.room, rev, this.userId);
        assert.ok(may, `user ${this.userId} read revision ${rev} of ${event.room} when removed`);
      }
    }
    if (event.type === "error") return this.#ask(this.#asked.get(event.ref!)!, handlers);
    const asked = this.replica.apply(event);
    for (const [room, since] of Object.entries(asked)) this.#ask({ [room]: since }, handlers);
  }

  /** Until it is answered: the database may be out of reach. */
  #ask(rooms: Record<string, number>, handlers: ClientSocketHandlers): void {
    const ref = String(this.#asked.size);
    for (const room of Object.keys(rooms)) this.#asking.add(Number(room));
    this.#asked.set(ref, rooms);
    this.world.virtual.loop.after(2 + this.world.random.below(50), () => {
      handlers.received(JSON.stringify({ type: "sync", ref, rooms }));
    });
  }
}

function act({ random, database, nodes, virtual, clients }: World): void {
  const node = random.pick(nodes);
  const room = random.pick(ROOMS);
  const userId = random.pick(USERS);
  const dice = random.next();
  if (dice < 0.55) node.write(() => database.send(room, userId));
  else if (dice < 0.7) node.write(() => database.edit(room));
  else if (dice < 0.9) {
    node.write(() =>
      database.isMember(room, userId) ? database.leave(room, userId) : database.join(room, userId)
    );
  } else if (dice < 0.905 && database.revoked.size < 2) {
    node.write(() => database.revoke(userId, virtual.loop.now()));
  } else if (dice < 0.92) node.freeze(random.below(8_000), virtual.loop);
  else if (dice < 0.93) {
    database.down = true;
    virtual.loop.after(random.below(6_000), () => void (database.down = false));
  } else random.pick(clients).connect();
}

async function play(seed: number, losing: number): Promise<void> {
  const random = createRandom(seed);
  const virtual = new VirtualLoop();
  const wait = (ms: number) => new Promise<void>((resolve) => virtual.loop.after(ms, resolve));
  const database = new ModelDatabase(random, wait, virtual.loop.now);
  for (const room of ROOMS) database.makeRoom(room, USERS.filter(() => random.next() < 0.6));
  const network = new LyingNetwork(random, virtual.loop);
  network.losing = losing;
  const starting = Promise.all(
    [0, 1, 2].map(() => ModelNode.start(database, network, virtual.loop, random)),
  );
  await virtual.pass(500);
  const world: World = {
    virtual,
    random,
    database,
    nodes: await starting,
    clients: [],
    calm: false,
  };
  world.clients.push(...USERS.map((userId) => new ModelClient(world, userId)));
  for (const client of world.clients) client.connect();
  const end = virtual.loop.now() + BUSY;
  while (virtual.loop.now() < end) {
    act(world);
    await virtual.pass(random.below(60));
  }
  database.down = false;
  world.calm = true;
  for (const client of world.clients) client.connect();
  await virtual.pass(REST);
  for (const client of world.clients) compare(world, client);
}

function compare({ database }: World, { userId, replica, online }: ModelClient): void {
  if (database.revoked.has(userId)) return assert.equal(online, false, `${userId} is gone`);
  assert.ok(online, `client ${userId} is connected`);
  const mine = ROOMS.filter((room) => database.isMember(room, userId));
  assert.deepEqual([...replica.view.keys()].sort(), mine, `rooms of user ${userId}`);
  for (const room of mine) {
    const { head, messages } = database.rooms.get(room)!;
    assert.equal(replica.head(room), head, `head of room ${room} for user ${userId}`);
    const brief = (all: Iterable<Message>) =>
      [...all].sort((a, b) => a.seq - b.seq).map(({ seq, rev, text }) => `${seq} ${rev} ${text}`);
    const shown = brief(replica.view.get(room)!.messages);
    assert.deepEqual(shown, brief(messages.values()), `room ${room} for user ${userId}`);
  }
}

const SEEDS = Number(Deno.env.get("CONFAB_MODEL_SEEDS") ?? 12);

for (
  const [what, losing] of [["that loses nothing", 0], ["that loses a fifth", 0.2], [
    "that is silent",
    1,
  ]] as const
) {
  Deno.test(`hubs joined by a bus ${what} deliver as one, without anything that is forbidden`, async () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      try {
        await play(seed, losing);
      } catch (error) {
        throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : error}`, {
          cause: error,
        });
      }
    }
  });
}
