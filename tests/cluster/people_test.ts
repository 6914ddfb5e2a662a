/** Who is here, over two real programs on one database: as people see it through either of them. */
import assert from "node:assert/strict";
import { CLOSE } from "../../lib/protocol/codes.ts";
import { at, type Cluster, clusterTests, connectAt } from "../support/cluster.ts";
import { ChatSocket, type Person, signUp } from "../support/chat_client.ts";

/** Longer than the people of a node that ends have to come back, ms. */
const RETURN_OVER = 20_000;
/** Longer than a killed node's lease can be taken for one that holds, ms. */
const LEASE_OVER = 60_000;

const onRedis = clusterTests({ bus: "redis", env: { CONFAB_CONNECTIONS_PER_USER: "3" } });
const onNotify = clusterTests({ bus: "notify", env: { CONFAB_CONNECTIONS_PER_USER: "3" } });

/** Waits until a socket has been told this of somebody, from then on. */
function told(socket: ChatSocket, { id }: Person, status: string, from = 0) {
  return socket.event("presence", ({ users }) => users[id] === status, from);
}

function everTold(socket: ChatSocket, { id }: Person): string[] {
  return socket.all("presence").flatMap(({ users }) => users[id] ?? []);
}

/** Waits until somebody is known to be offline; longer than a socket waits for anything. */
async function gone(socket: ChatSocket, person: Person, deadline: number): Promise<void> {
  const isGone = () => everTold(socket, person).at(-1) === "offline";
  const began = performance.now();
  while (!isGone() && performance.now() - began < deadline) {
    await socket.until(isGone, "that they are gone").catch(() => {});
  }
  assert.ok(isGone(), `${person.username} is offline within ${deadline} ms`);
}

/** Opens a connection, and says whether it was let in. */
async function isLetIn(node: Cluster["nodes"][number], person: Person): Promise<ChatSocket | null> {
  const socket = new ChatSocket(node.url, { headers: at(node, person).api.headers });
  const answer = await Promise.race([socket.event("ready").catch(() => null), socket.closed]);
  if (answer !== null && "type" in answer) return socket;
  assert.equal((await socket.closed).code, CLOSE.tooMany);
  return null;
}

/** Tries until somebody is let in. */
async function letIn(
  node: Cluster["nodes"][number],
  person: Person,
  deadline: number,
): Promise<ChatSocket> {
  const began = performance.now();
  for (;;) {
    const socket = await isLetIn(node, person);
    if (socket !== null) return socket;
    assert.ok(performance.now() - began < deadline, `let in within ${deadline} ms`);
  }
}

/** Tries until somebody is refused. */
async function refused(node: Cluster["nodes"][number], person: Person): Promise<void> {
  const began = performance.now();
  for (;;) {
    const socket = await isLetIn(node, person);
    if (socket === null) return;
    await socket.close();
    assert.ok(performance.now() - began < 10_000, "refused within ten seconds");
  }
}

for (const [bus, test] of [["Redis", onRedis], ["NOTIFY", onNotify]] as const) {
  test(`${bus}: who comes, is away, types and goes on one node is seen on the other`, async (cluster) => {
    const [a, b] = cluster.nodes;
    const ann = await signUp(a.url, "ann");
    const bob = await signUp(b.url, "bob");
    const onAnn = await connectAt(a, ann);
    const onBob = await connectAt(b, bob);
    await told(onAnn, bob, "online");
    await told(onBob, ann, "online");
    const third = await connectAt(b, ann);
    assert.equal(third.ready.presence[bob.id], "online");
    const { presence } = await ann.api.get<{ presence: Record<string, string> }>(
      `/api/users?ids=${bob.id}`,
    );
    assert.deepEqual(presence, { [bob.id]: "online" });
    await onBob.command({ type: "status", status: "away" });
    await told(onAnn, bob, "away");
    onBob.tell({ type: "typing", room: 1 });
    await onAnn.event("typing", ({ userId }) => userId === bob.id);
    await onBob.close();
    await told(onAnn, bob, "offline");
    await Promise.all([onAnn.close(), third.close()]);
  });

  test(`${bus}: a user's connections are counted over both nodes`, async (cluster) => {
    const [a, b] = cluster.nodes;
    const ann = await signUp(a.url, "ann");
    const open = [await connectAt(a, ann), await connectAt(a, ann), await connectAt(a, ann)];
    // The other node hears of it in a moment; then it refuses.
    await refused(b, ann);
    await refused(a, ann);
    await open.pop()!.close();
    open.push(await letIn(b, ann, 10_000));
    await Promise.all(open.map((socket) => socket.close()));
  });

  test(`${bus}: nobody who comes back to the other node goes offline as one ends`, async (cluster) => {
    const [a, b] = cluster.nodes;
    const watching = await connectAt(b, await signUp(b.url, "watcher"));
    const [ann, bob] = [await signUp(a.url, "ann"), await signUp(a.url, "bob")];
    const sockets = [await connectAt(a, ann), await connectAt(a, bob)];
    for (const person of [ann, bob]) await told(watching, person, "online");
    const ended = a.kill("SIGTERM");
    await Promise.all(sockets.map((socket) => socket.closed));
    const again = await connectAt(b, ann);
    assert.equal(again.ready.presence[bob.id], "online", "bob has a moment");
    await gone(watching, bob, RETURN_OVER);
    await ended;
    assert.ok(everTold(watching, ann).every((status) => status === "online"));
    await Promise.all([watching.close(), again.close()]);
  });
}

onNotify(
  "the people of a node that is killed go offline with its lease; their connections end before",
  async (cluster) => {
    const [a, b] = cluster.nodes;
    const watching = await connectAt(b, await signUp(b.url, "watcher"));
    const [ann, bob] = [await signUp(a.url, "ann"), await signUp(a.url, "bob")];
    const sockets = await Promise.all([ann, bob, bob, bob].map((person) => connectAt(a, person)));
    for (const person of [ann, bob]) await told(watching, person, "online");
    const began = performance.now();
    await a.kill("SIGKILL");
    await Promise.all(sockets.map((socket) => socket.closed));
    const late = await connectAt(b, await signUp(b.url, "late"));
    assert.equal(late.ready.presence[ann.id], "online");
    // Bob had all that one may have, and may have them here long before the lease is over.
    const again: ChatSocket[] = [];
    while (again.length < 3) again.push(await letIn(b, bob, 25_000));
    await gone(watching, ann, LEASE_OVER);
    assert.ok(performance.now() - began > 25_000, "a lease that was just renewed holds");
    assert.ok(everTold(watching, bob).every((status) => status === "online"));
    await Promise.all([watching, late, ...again].map((socket) => socket.close()));
  },
);
