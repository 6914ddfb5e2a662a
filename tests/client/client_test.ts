import assert from "node:assert/strict";
import { STANDARD_HERE } from "../../lib/protocol/workspace_standard.ts";
import { browserEnvironment } from "../../lib/client/browser.ts";
import { createChatClient } from "../../lib/client/client.ts";
import { FAR_BEHIND } from "../../lib/client/rooms.ts";
import { Link, settle } from "../support/model_link.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";
import { type Backup, modelMe, ModelServer, modelSession } from "../support/model_server.ts";

const sane = { sanitizeOps: true, sanitizeResources: true };

async function online(rooms = [1, 2], before: (server: ModelServer) => void = () => {}) {
  const server = new ModelServer(rooms, [1, 2]);
  before(server);
  const link = new Link(server, 1);
  const client = link.client();
  client.start();
  await link.drain();
  const open = async (room: number, around?: number) => {
    const opening = client.actions.openRoom(room, around);
    await link.drain();
    await opening;
  };
  return { server, link, client, open, state: client.state };
}

const write = (server: ModelServer, room: number, count: number) => {
  const { head } = server.rooms.get(room)!;
  for (let n = 0; n < count; n++) server.send(2, `other-${room}-${head + n}`, room, `text ${n}`);
};

const seqs = ({ state }: ReturnType<Link["client"]>) =>
  state.timeline.value?.messages.map(({ seq }) => seq);

Deno.test("creating a client touches nothing outside: the server can render from it", sane, () => {
  const server = new ModelServer([1], [1, 2]);
  write(server, 1, 2);
  const untouchable = new Proxy({}, {
    get: (_target, name) => () => assert.fail(`${String(name)} was called`),
  });
  const link = new Link(server, 1);
  Object.assign(link.environment, {
    openSocket: () => assert.fail("a socket was opened"),
    fetch: () => assert.fail("something was fetched"),
    setTimeout: () => assert.fail("a timer was set"),
    onOnline: () => assert.fail("somebody listens"),
    storage: untouchable,
  });
  const page = server.page(1, 1, new URLSearchParams());
  const { state } = link.client({ room: 1, page });
  assert.equal(state.timeline.value!.messages.length, 2);
  assert.equal(state.dividerSeq.value, 0);
  assert.deepEqual(state.connection.value, { state: "connecting" });
});

Deno.test(
  "a page that the server rendered is brought up to date, not loaded again",
  sane,
  async () => {
    const server = new ModelServer([1], [1, 2]);
    write(server, 1, 2);
    const link = new Link(server, 1);
    const client = link.client({ room: 1, page: server.page(1, 1, new URLSearchParams()) });
    write(server, 1, 1);
    client.start();
    await link.drain();
    assert.deepEqual(seqs(client), [1, 2, 3]);
    assert.deepEqual(link.commands("sync").map(({ rooms }) => rooms), [{ 1: 2 }]);
    client.stop();
  },
);

Deno.test(
  "a read room opens with its newest page, and older ones come before it",
  sane,
  async () => {
    const { client, link, open } = await online([1], (server) => {
      write(server, 1, 12);
      server.read(1, 1, 12);
    });
    await open(1);
    assert.deepEqual(seqs(client), [8, 9, 10, 11, 12]);
    const loading = client.actions.loadBefore();
    assert.equal(client.state.timeline.value!.loading, "before");
    await link.drain();
    await loading;
    assert.deepEqual(seqs(client), [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    assert.equal(client.state.timeline.value!.loading, "none");
    client.stop();
  },
);

Deno.test(
  "a room opens around its first unread message, however many there are",
  sane,
  async () => {
    const { client, link, server, open, state } = await online([1, 2], (server) => {
      write(server, 1, 60);
      server.read(1, 1, 20);
      // The line stays where it is when the message below it is deleted; it begins below deleted ones.
      server.remove(2, server.rooms.get(1)!.messages[20]!.id);
    });
    await open(1);
    assert.deepEqual(seqs(client), [20, 21, 22, 23, 24]);
    assert.deepEqual(state.landing.value, { kind: "unread" });
    assert.equal(state.dividerSeq.value, 21);
    assert.equal(state.rooms.value.get(1)!.membership.readSeq, 20);
    server.remove(2, server.rooms.get(1)!.messages[21]!.id);
    await link.drain();
    assert.equal(state.dividerSeq.value, 21);

    // Coming back to what is loaded: where the first unread is in it, nothing is asked for.
    client.actions.markRead(22);
    await open(2);
    await open(1);
    assert.deepEqual(seqs(client), [20, 21, 22, 23, 24]);
    assert.equal(state.dividerSeq.value, 22);
    assert.equal(state.rooms.value.get(1)!.membership.unread, 38);
    client.stop();
  },
);

Deno.test(
  "a permalink to a message that is not there says so, at the place where it would be",
  sane,
  async () => {
    const { client, open, state } = await online([1], (server) => {
      write(server, 1, 20);
      server.react(2, server.rooms.get(1)!.messages[3]!.id, "🎉", true);
      write(server, 1, 20);
    });
    await open(1, 21);
    assert.equal(state.missing.value, true);
    assert.deepEqual(seqs(client), [19, 20, 22, 23, 24]);
    await open(1, 20);
    assert.equal(state.missing.value, false);
    await open(1, 999);
    assert.equal(state.missing.value, true);
    assert.equal(seqs(client)!.at(-1), 41);
    client.actions.dismissMissing();
    assert.equal(state.missing.value, false);
    client.stop();
  },
);

Deno.test(
  "a page that does not come is asked for again, and holds nothing up for ever",
  sane,
  async () => {
    const { client, link, open, state } = await online([1], (server) => {
      write(server, 1, 12);
      server.read(1, 1, 12);
    });
    const opening = client.actions.openRoom(1);
    link.failFetch();
    await assert.rejects(opening);
    assert.equal(state.timeline.value, null);
    for (let half = 0; half < 4; half++) {
      await link.clock.advance(500);
      await link.drain();
    }
    assert.deepEqual(seqs(client), [8, 9, 10, 11, 12]);

    // On a line that is dead nothing ends a request: it has a deadline.
    const loading = client.actions.loadBefore();
    assert.equal(state.timeline.value!.loading, "before");
    const lost = assert.rejects(loading, { code: "offline" });
    await link.clock.advance(21_000);
    await lost;
    assert.equal(state.timeline.value!.loading, "none");
    await open(1);
    client.stop();
  },
);

Deno.test(
  "an old place is a stretch of its own, until the newest is reached or jumped to",
  sane,
  async () => {
    const { client, server, link, open } = await online([1], (server) => write(server, 1, 20));
    await open(1, 4);
    assert.deepEqual(seqs(client), [2, 3, 4, 5, 6]);
    assert.equal(client.state.highlightSeq.value, 4);
    write(server, 1, 1);
    await link.drain();
    assert.deepEqual(seqs(client), [2, 3, 4, 5, 6]);
    const after = client.actions.loadAfter();
    await link.drain();
    await after;
    assert.deepEqual(seqs(client)!.at(-1), 11);
    const jump = client.actions.jumpToNewest();
    await link.drain();
    await jump;
    assert.deepEqual(seqs(client), [17, 18, 19, 20, 21]);
    assert.equal(client.state.timeline.value!.hasAfter, false);
    client.stop();
  },
);

Deno.test("the last ten rooms stay loaded, and open without a request", sane, async () => {
  const ids = Array.from({ length: 12 }, (_, index) => index + 1);
  const { client, link, open } = await online(ids);
  for (const id of ids) await open(id);
  await client.actions.openRoom(12);
  await client.actions.openRoom(3);
  assert.equal(link.fetches.length, 0);
  const opening = client.actions.openRoom(1);
  assert.equal(link.fetches.length, 1);
  await link.drain();
  await opening;
  client.stop();
});

Deno.test(
  "a page that fails is said to fail, and comes with the next connection",
  sane,
  async () => {
    const { client, link, state } = await online([1], (server) => write(server, 1, 1));
    const opening = client.actions.openRoom(1);
    link.failFetch();
    await assert.rejects(opening, { code: "offline" });
    assert.equal(state.notice.value?.code, "offline");
    client.actions.dismissNotice();
    assert.equal(state.notice.value, null);
    link.cut();
    await link.clock.advance(500);
    await link.drain();
    assert.deepEqual(seqs(client), [1]);
    client.stop();
  },
);

Deno.test("the divider stands where the reader stood on opening", sane, async () => {
  const { client, link, open, state } = await online([1], (server) => write(server, 1, 3));
  await open(1);
  assert.equal(state.dividerSeq.value, 0);
  client.actions.markRead(3);
  assert.equal(state.rooms.value.get(1)!.membership.unread, 0);
  assert.equal(state.dividerSeq.value, 0);
  client.actions.closeRoom();
  await client.actions.openRoom(1);
  assert.equal(state.dividerSeq.value, null);
  await link.drain();
  client.stop();
});

Deno.test(
  "a page that was read before the latest event is brought up to date by itself",
  sane,
  async () => {
    const { client, link, server, open } = await online([1], (server) => write(server, 1, 200));
    await open(1, 50);
    const jump = client.actions.jumpToNewest();
    await settle();
    link.answerFetch();
    write(server, 1, 1);
    link.toClient();
    await settle();
    link.deliverFetch();
    await jump;
    await settle();
    assert.deepEqual(link.commands("sync").at(-1)?.rooms, { "1": 200 });
    await link.drain();
    assert.equal(seqs(client)!.at(-1), 201);
    client.stop();
  },
);

Deno.test("a page that is hidden tells its mark at once: it may be closed next", sane, async () => {
  const { client, link, open } = await online([1], (server) => write(server, 1, 5));
  await open(1);
  client.actions.markRead(3);
  link.show(false);
  assert.deepEqual(link.commands("read").map(({ seq }) => seq), [3]);
  client.stop();
});

Deno.test(
  "many marks are told as one, the furthest, and again after a lost connection",
  sane,
  async () => {
    const { client, link, server, open } = await online([1], (server) => write(server, 1, 5));
    await open(1);
    for (const seq of [2, 4, 3]) client.actions.markRead(seq);
    await link.clock.advance(300);
    assert.deepEqual(link.commands("read").map(({ seq }) => seq), [4]);
    link.cut();
    await link.clock.advance(500);
    link.accept();
    link.toClient();
    assert.equal(client.state.rooms.value.get(1)!.membership.readSeq, 4);
    await link.drain();
    assert.equal(server.memberRoom(1, server.rooms.get(1)!).membership.readSeq, 4);
    client.stop();
  },
);

Deno.test("a history of another database is dropped, not mixed with this one", sane, async () => {
  const { client, link, server, open, state } = await online([1], (server) => write(server, 1, 3));
  await open(1);
  link.cut();
  server.epoch = "restored";
  server.rooms.get(1)!.messages.splice(1);
  server.rooms.get(1)!.head = 1;
  await link.clock.advance(500);
  await link.drain();
  assert.deepEqual(seqs(client), [1]);
  assert.equal(state.rooms.value.get(1)!.head, 1);
  client.stop();
});

Deno.test(
  "an answer that only counts does not take back a name that came meanwhile",
  sane,
  async () => {
    const { client, link, server, state } = await online([1]);
    server.send(2, "mentions-me-here", 1, "hello @user1");
    server.send(2, "mentions-nobody_", 1, "hello");
    await link.drain();
    server.edit(2, server.rooms.get(1)!.messages[1]!.id, "edited");
    await link.drain();
    await link.clock.advance(1_100);
    assert.equal(link.fetches.length, 1, "it is counted anew");
    link.answerFetch();
    server.lose = 1; // so the event with the name is of another head, and settles nothing
    write(server, 1, 1);
    server.rename(1, "renamed");
    link.toClient();
    await settle();
    link.deliverFetch();
    await settle();
    assert.equal(state.rooms.value.get(1)!.name, "renamed");
    client.stop();
  },
);

Deno.test("the line of another history does not stand among what comes now", sane, async () => {
  let copy: Backup | null = null;
  const { client, link, server, open, state } = await online([1], (server) => {
    write(server, 1, 3);
    server.read(1, 1, 3);
    copy = server.backUp();
    write(server, 1, 3);
  });
  await open(1);
  assert.equal(state.dividerSeq.value, 3);
  link.cut();
  server.restore(copy!);
  await link.clock.advance(500);
  await link.drain();
  write(server, 1, 2);
  await link.drain();
  assert.deepEqual(seqs(client), [1, 2, 3, 4, 5]);
  assert.equal(state.dividerSeq.value, null);
  client.stop();
});

Deno.test(
  "a page of another history is dropped, also where its room has caught up",
  sane,
  async () => {
    const server = new ModelServer([1], [1, 2]);
    write(server, 1, 3);
    const link = new Link(server, 1);
    const client = link.client({ room: 1, page: server.page(1, 1, new URLSearchParams()) });
    server.epoch = "restored";
    Object.assign(server.rooms.get(1)!, { head: 0, messages: [] });
    for (let n = 0; n < 8; n++) server.send(2, `written-after-${n}`, 1, `other ${n}`);
    client.start();
    await link.drain();
    const texts = client.state.timeline.value!.messages.map(({ text }) => text);
    assert.deepEqual(texts, server.rooms.get(1)!.messages.slice(0, 5).map(({ text }) => text));
    client.stop();
  },
);

Deno.test("a room whose head went back is loaded anew, whatever the epoch says", sane, async () => {
  const { client, link, server, open, state } = await online([1], (server) => write(server, 1, 6));
  await open(1);
  client.actions.markRead(6);
  link.cut();
  Object.assign(server.rooms.get(1)!, { head: 1 }).messages.splice(1);
  await link.clock.advance(500);
  await link.drain();
  assert.deepEqual(seqs(client), [1]);
  assert.equal(state.rooms.value.get(1)!.head, 1);
  assert.ok(state.rooms.value.get(1)!.membership.readSeq <= 1);
  client.stop();
});

Deno.test(
  "far behind, a page around the first that was missed is loaded instead of everything",
  sane,
  async () => {
    const { client, link, server, open } = await online([1], (server) => write(server, 1, 3));
    await open(1);
    client.actions.markRead(3);
    await link.clock.advance(300);
    await link.drain();
    link.cut();
    write(server, 1, FAR_BEHIND + 1);
    await link.clock.advance(500);
    await link.drain();
    assert.equal(link.commands("sync").length, 0);
    assert.deepEqual(seqs(client), [2, 3, 4, 5, 6]);
    assert.deepEqual(client.state.landing.value, { kind: "unread" });
    assert.equal(client.state.dividerSeq.value, 3);
    client.stop();
  },
);

Deno.test("leaving the open room closes it, also where it was missed", sane, async () => {
  const { client, link, server, open, state } = await online();
  await open(2);
  server.leave(1, 2);
  await link.drain();
  assert.equal(state.openRoom.value, null);
  assert.equal(state.rooms.value.has(2), false);
  await open(1);
  link.cut();
  server.leave(1, 1);
  await link.clock.advance(500);
  await link.drain();
  assert.equal(state.openRoom.value, null);
  assert.equal(state.timeline.value, null);
  const opened = assert.rejects(client.actions.openRoom(1), { code: "not_found" });
  await link.drain(); // the server is asked whether it may be looked at
  await opened;
  client.stop();
});

/** `ready` once more, with these of the rooms in the list. */
function greet({ server, link }: { server: ModelServer; link: Link }, rooms: number[]): void {
  const own = server.roomsOf(1);
  const listed = own.filter(({ id }) => rooms.includes(id));
  link.line!.handlers.frame(JSON.stringify([{
    type: "ready",
    protocol: 1,
    epoch: server.epoch,
    instance: "model",
    sessionId: modelSession(1),
    user: modelMe(1),
    rooms: listed,
    hidden: { rooms: 3 - listed.length, unread: false },
    users: [],
    presence: {},
    workspace: STANDARD_HERE,
    limits: LIMITS,
    serverTime: 0,
  }]));
}

Deno.test("the open room stays where it only went out of the list, others go", sane, async () => {
  const { client, link, server, open, state } = await online([1, 2, 3]);
  await open(2);
  const ready = (rooms: number[]) => greet({ server, link }, rooms);
  ready([1]);
  await link.drain();
  assert.equal(state.openRoom.value, 2);
  assert.deepEqual([...state.rooms.value.keys()].sort(), [1, 2]);
  assert.equal(state.hidden.value.rooms, 2);

  // A link to one that is not in the list brings it back.
  await open(3);
  assert.equal(state.openRoom.value, 3);
  // Whoever was put out of it meanwhile is led out.
  server.leave(1, 3);
  ready([1]);
  await link.drain();
  assert.equal(state.openRoom.value, null);
  client.stop();
});

for (const answer of ["comes", "does not come"]) {
  Deno.test(
    `who goes on while a hidden room is fetched is not taken away when it ${answer}`,
    sane,
    async () => {
      const { client, link, server, state } = await online([1, 2, 3]);
      greet({ server, link }, [1, 2]);
      const slow = client.actions.openRoom(3);
      const then = client.actions.openRoom(2);
      if (answer === "does not come") link.failFetch();
      await link.drain();
      await Promise.all([slow, then]);
      assert.equal(state.openRoom.value, 2);
      client.actions.openRoom(3);
      client.actions.closeRoom();
      await link.drain();
      assert.equal(state.openRoom.value, null);
      client.stop();
    },
  );
}

Deno.test(
  "a room that is hidden elsewhere goes, and is counted with the hidden ones",
  sane,
  async () => {
    const { client, link, open, state } = await online();
    await open(1);
    const tell = (event: unknown) => link.line!.handlers.frame(JSON.stringify([event]));
    tell({ type: "left", room: 2, hidden: true });
    assert.deepEqual([...state.rooms.value.keys()], [1]);
    tell({ type: "left", room: 2, hidden: true });
    assert.deepEqual(state.hidden.value, { rooms: 1, unread: false });
    // The open one goes, too, and nobody says that it was lost.
    tell({ type: "left", room: 1, hidden: true });
    assert.deepEqual([state.openRoom.value, state.lostRoom.value], [null, null]);
    client.stop();
  },
);

Deno.test(
  "an action without a connection fails at once, one without an answer in time",
  sane,
  async () => {
    const { client, link, open, state } = await online([1], (server) => write(server, 1, 1));
    await open(1);
    const unanswered = client.actions.react(1, "👍", true);
    link.line!.toServer = [];
    const rejected = assert.rejects(unanswered, { code: "offline" });
    await link.clock.advance(15_000);
    await rejected;
    const cutOff = assert.rejects(client.actions.react(1, "👍", true), { code: "offline" });
    link.cut();
    await cutOff;
    await assert.rejects(client.actions.edit(1, "x"), { code: "offline" });
    assert.equal(state.notice.value?.code, "offline");
    client.stop();
  },
);

Deno.test("an action that the server refuses says why", sane, async () => {
  const { client, link, open } = await online([1], (server) => write(server, 1, 1));
  await open(1);
  const refused = assert.rejects(client.actions.edit(1, "not mine"), { code: "forbidden" });
  await link.drain();
  await refused;
  const done = client.actions.react(1, "👍", true);
  await link.drain();
  await done;
  assert.deepEqual(client.state.timeline.value!.messages[0]!.reactions, { "👍": [1] });
  client.stop();
});

Deno.test("one's own typing is told every three seconds at most", sane, async () => {
  const { client, link, open } = await online();
  await open(1);
  client.actions.typing();
  client.actions.typing();
  await link.clock.advance(2_999);
  client.actions.typing();
  assert.equal(link.commands("typing").length, 1);
  await link.clock.advance(1);
  client.actions.typing();
  assert.equal(link.commands("typing").length, 2);
  client.stop();
});

Deno.test("somebody types until their message comes, or five seconds pass", sane, async () => {
  const { client, link, server, open, state } = await online();
  await open(1);
  const types = (userId: number) =>
    link.line!.handlers.frame(JSON.stringify([{ type: "typing", room: 1, userId }]));
  types(1);
  assert.deepEqual(state.typing.value, []);
  types(2);
  assert.deepEqual(state.typing.value, [2]);
  await link.clock.advance(4_000);
  types(2);
  await link.clock.advance(4_000);
  assert.deepEqual(state.typing.value, [2]);
  await link.clock.advance(1_000);
  assert.deepEqual(state.typing.value, []);
  types(2);
  write(server, 1, 1);
  await link.drain();
  assert.deepEqual(state.typing.value, []);
  client.stop();
});

Deno.test("presence and people are kept as the server tells them", sane, async () => {
  const { client, link, state } = await online();
  const tell = (event: unknown) => link.line!.handlers.frame(JSON.stringify([event]));
  tell({ type: "presence", users: { 2: "away" } });
  assert.equal(state.presence.value.get(2), "away");
  const user = { ...state.users.value.get(1)!, displayName: "Renamed" };
  tell({ type: "user", user });
  assert.equal(state.users.value.get(1)!.displayName, "Renamed");
  assert.equal(state.me.value.displayName, "Renamed");
  assert.equal(state.me.value.theme, "system");
  await settle();
  client.stop();
});

Deno.test("the browser's environment can be made where there is no browser", sane, () => {
  const server = new ModelServer([1], [1, 2]);
  const { state } = createChatClient({
    epoch: server.epoch,
    me: modelMe(1),
    sessionId: 1,
    instance: "model",
    rooms: server.roomsOf(1),
    users: [],
    saved: [],
    room: 1,
    page: null,
    highlightSeq: null,
    hidden: { rooms: 0, unread: false },
    home: false,
    workspace: STANDARD_HERE,
    limits: LIMITS,
    language: "en",
  }, browserEnvironment("model"));
  assert.equal(state.openRoom.value, 1);
  assert.equal(state.timeline.value, null);
});
