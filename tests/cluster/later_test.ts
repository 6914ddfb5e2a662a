/**
 * What is planned, over several programs on one database: each message is sent once and in its
 * place, each reminder told once, whichever program does it, and whatever happens to that one.
 */
import assert from "node:assert/strict";
import { type ChatSocket, newClientId, type Person, signUp } from "../support/chat_client.ts";
import { at, type Cluster, clusterTests, connectAt } from "../support/cluster.ts";
import { eventually } from "../support/eventually.ts";

const GENERAL = 1;
/** Another program looks for what one has left after 15 s at most; two busy cores need more, ms. */
const TAKEN_OVER = 60_000;
/** Within which two busy cores have planned a few dozen messages, ms. */
const PLANNED = 8_000;

const tests = {
  redis: clusterTests({ nodes: 3, bus: "redis" }),
  notify: clusterTests({ nodes: 3, bus: "notify" }),
};

for (const bus of ["redis", "notify"] as const) {
  tests[bus](
    `${bus}: what was planned at three programs is sent once, in the order of its times`,
    async (cluster) => {
      await using scene = await begin(cluster);
      const { people, socket } = scene;
      const rooms = [GENERAL, await scene.anotherRoom("other"), await scene.anotherRoom("third")];
      const begins = Date.now() + PLANNED;
      // Not in the order of their times; at one time, as they were planned.
      await Promise.all(rooms.map(async (room, of) => {
        for (let i = 0; i < 20; i++) {
          const place = (i * 7) % 20;
          await plan(people[(i + of) % 3]!, room, String(place), begins + place * 20);
        }
      }));
      for (const room of rooms) await heard(socket, room, numbers(20));
      await scene.nothingIsLeft();
    },
  );

  tests[bus](
    `${bus}: a program that is killed while it sends leaves the rest to others`,
    async (cluster) => {
      await using scene = await begin(cluster);
      await scene.planMany(60);
      const [one] = cluster.nodes;
      await eventually(() => assert.ok(sent(scene.socket, GENERAL).length > 3), TAKEN_OVER);
      await one!.kill("SIGKILL");
      await heard(scene.socket, GENERAL, numbers(60));
      await one!.restart();
      await scene.nothingIsLeft();
    },
  );

  tests[bus](
    `${bus}: one that stands still while it sends, too, and does nothing twice when it goes on`,
    async (cluster) => {
      await using scene = await begin(cluster);
      await scene.planMany(60);
      const [one] = cluster.nodes;
      await eventually(() => assert.ok(sent(scene.socket, GENERAL).length > 3), TAKEN_OVER);
      one!.freeze();
      await heard(scene.socket, GENERAL, numbers(60));
      one!.thaw();
      await scene.nothingIsLeft();
      await heard(scene.socket, GENERAL, numbers(60));
    },
  );
}

tests.redis(
  "while a Redis is dead, what is planned is sent and told all the same",
  async (cluster) => {
    await using scene = await begin(cluster);
    const { people: [ann], socket, anns } = scene;
    await cluster.redis!.kill();
    try {
      const { id } = await ann.api.post<{ id: number }>(`/api/rooms/${GENERAL}/messages`, {
        clientId: newClientId(),
        text: "remember this",
      });
      const due = Date.now() + 3_000;
      await ann.api.post(`/api/messages/${id}/remind`, { at: due }, 204);
      await plan(ann, GENERAL, "0", due);
      await heard(socket, GENERAL, ["remember this", "0"]);
      await eventually(() => {
        assert.equal(anns.all("reminder").length, 1);
        assert.ok(
          anns.all("scheduled").some(({ scheduled, message }) => scheduled === null && message),
        );
      });
    } finally {
      await cluster.redis!.start();
    }
    await scene.nothingIsLeft();
  },
);

tests.notify(
  "what becomes due while no program runs is done at the start of the first, once",
  async (cluster) => {
    const scene = await begin(cluster);
    const { people: [ann] } = scene;
    const { id } = await ann.api.post<{ id: number }>(`/api/rooms/${GENERAL}/messages`, {
      clientId: newClientId(),
      text: "remember this",
    });
    const due = Date.now() + PLANNED;
    await ann.api.post(`/api/messages/${id}/remind`, { at: due }, 204);
    for (let i = 0; i < 30; i++) await plan(ann, GENERAL, String(i), due + i);
    await Promise.all(cluster.nodes.map((node) => node.kill("SIGKILL")));
    await eventually(() => assert.ok(Date.now() > due + 100));
    await Promise.all(cluster.nodes.map((node) => node.restart()));
    await eventually(async () => {
      const texts = await cluster.postgres.query(
        "SELECT text FROM messages WHERE room_id = 1 ORDER BY seq",
        cluster.database,
      );
      assert.deepEqual(texts.split("\n"), ["remember this", ...numbers(30)]);
    }, TAKEN_OVER);
    await eventually(async () => {
      const told = "SELECT count(*) FROM events WHERE body::json ->> 'type' = 'reminder'";
      assert.equal(await cluster.postgres.query(told, cluster.database), "1");
    }, TAKEN_OVER);
    await scene.nothingIsLeft();
  },
);

tests.notify(
  "what is moved, taken back or sent at once at one program is so at the others",
  async (cluster) => {
    await using scene = await begin(cluster);
    const { people: [ann], socket, anns } = scene;
    const [, two, three] = cluster.nodes;
    const soon = Date.now() + PLANNED;
    const [moved, gone, now] = [
      await plan(ann, GENERAL, "moved", soon),
      await plan(ann, GENERAL, "gone", soon),
      await plan(ann, GENERAL, "now", soon),
    ];
    const { api } = at(two!, ann);
    await api.patch(`/api/scheduled/${moved}`, { at: soon + 3_000, text: "moved on" });
    await at(three!, ann).api.delete(`/api/scheduled/${gone}`);
    await api.post(`/api/scheduled/${now}/send`, undefined, 201);
    await anns.event("scheduled", ({ id, scheduled }) => id === gone && scheduled === null);
    await anns.event(
      "scheduled",
      ({ id, scheduled }) => id === moved && scheduled?.text === "moved on",
    );
    await heard(socket, GENERAL, ["now", "moved on"]);
    assert.ok(Date.now() >= soon + 3_000, "not before its new time");
    await scene.nothingIsLeft();
  },
);

function numbers(count: number): string[] {
  return Array.from({ length: count }, (_, i) => String(i));
}

function sent(socket: ChatSocket, room: number): string[] {
  return socket.all("message").filter((event) => event.room === room).map(({ message }) =>
    message.text
  );
}

/** In this order, and each once. */
async function heard(socket: ChatSocket, room: number, texts: string[]): Promise<void> {
  await eventually(() => {
    assert.deepEqual(sent(socket, room), texts);
  }, TAKEN_OVER);
}

async function plan(person: Person, room: number, text: string, due: number): Promise<number> {
  const message = { clientId: newClientId(), text, at: due };
  return (await person.api.post<{ id: number }>(`/api/rooms/${room}/scheduled`, message)).id;
}

interface Scene extends AsyncDisposable {
  /** One at each program. */
  people: [Person, Person, Person];
  /** Of the second, at the second program, where nothing is killed. */
  socket: ChatSocket;
  /** Of the first, at the third. */
  anns: ChatSocket;
  anotherRoom(name: string): Promise<number>;
  /** By the first, at the first program: due from a moment on, close behind each other. */
  planMany(count: number): Promise<void>;
  nothingIsLeft(): Promise<void>;
}

async function begin(cluster: Cluster): Promise<Scene> {
  const [one, two, three] = cluster.nodes;
  const ann = await signUp(one!.url, "ann");
  const ben = at(two!, await signUp(one!.url, "ben"));
  const cid = at(three!, await signUp(one!.url, "cid"));
  const [socket, anns] = [await connectAt(two!, ben), await connectAt(three!, ann)];
  return {
    people: [ann, ben, cid],
    ...{ socket, anns },
    async anotherRoom(name) {
      const room = await ann.api.post<{ id: number }>("/api/rooms", { kind: "public", name });
      for (const { id } of [ben, cid]) await ann.api.put(`/api/rooms/${room.id}/members/${id}`);
      await socket.event("room", (event) => event.room.id === room.id);
      return room.id;
    },
    async planMany(count) {
      const begins = Date.now() + PLANNED;
      for (let i = 0; i < count; i++) await plan(ann, GENERAL, String(i), begins + i);
    },
    async nothingIsLeft() {
      await eventually(async () => {
        const left = "SELECT (SELECT count(*) FROM jobs), (SELECT count(*) FROM scheduled)";
        assert.equal(await cluster.postgres.query(left, cluster.database), "0|0");
      }, TAKEN_OVER);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([socket.close(), anns.close()]);
    },
  };
}
