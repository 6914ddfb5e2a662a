/**
 * What staff do and set on one of three real programs binds on all of them: sockets that are open
 * elsewhere, requests that come in there, and who is told.
 */
import assert from "node:assert/strict";
import { TOTP } from "otpauth";
import { Api, type ChatSocket, PASSWORD, type Person, signUp } from "../support/chat_client.ts";
import { at, type ClusterNode, clusterTests, connectAt } from "../support/cluster.ts";
import { eventually } from "../support/eventually.ts";

type Three = readonly [ClusterNode, ClusterNode, ClusterNode];

const onRedis = clusterTests({ bus: "redis", nodes: 3 });
const onNotify = clusterTests({ bus: "notify", nodes: 3 });

async function setUpFactor({ api, password }: Person): Promise<void> {
  const { secret } = await api.post<{ secret: string }>("/api/me/totp", { password }, 200);
  await api.post("/api/me/totp", { code: new TOTP({ secret }).generate() }, 200);
}

const logIn = async ({ url }: { url: string }, { username, password }: Person) =>
  await new Api(url).request<{ token: string }>("POST", "/api/login", { username, password });

for (const [bus, test] of [["Redis", onRedis], ["NOTIFY", onNotify]] as const) {
  test(`${bus}: who is disabled, signed out or erased at one node loses the sockets at all`, async (cluster) => {
    const nodes = cluster.nodes as unknown as Three;
    const [a, b, c] = nodes;
    const owner = await signUp(a.url, "owner");
    const acts: [string, number, (id: number) => Promise<unknown>][] = [
      ["disabled", 4403, (id) => owner.api.patch(`/api/users/${id}`, { disabled: true })],
      ["out", 4401, (id) => at(b, owner).api.delete(`/api/users/${id}/sessions`)],
      [
        "erased",
        4403,
        (id) => at(c, owner).api.post(`/api/users/${id}/erase`, { texts: "take" }, 200),
      ],
    ];
    for (const [name, code, act] of acts) {
      const person = await signUp(b.url, name);
      const sockets = await Promise.all(nodes.map((node) => connectAt(node, person)));
      await sockets[0]!.send(1, `text of ${name}`);
      await act(person.id);
      for (const socket of sockets) assert.equal((await socket.closed).code, code, name);
      for (const node of nodes) {
        const answer = await at(node, person).api.request("GET", "/api/rooms");
        assert.equal(answer.status, 401, name);
      }
    }
    const { entries } = await at(b, owner).api.get<{ entries: { id: number; action: string }[] }>(
      "/api/audit",
    );
    const ids = entries.map(({ id }) => id);
    assert.deepEqual(ids, ids.toSorted((one, other) => other - one));
  });

  test(`${bus}: what is set at one node holds at all: signup, name, limits, and a required factor's sockets`, async (cluster) => {
    const nodes = cluster.nodes as unknown as Three;
    const [a, b, c] = nodes;
    const owner = await signUp(a.url, "owner");
    const bob = await signUp(b.url, "bob");
    await setUpFactor(owner);
    const sockets = await Promise.all(nodes.map((node) => connectAt(node, bob)));
    const staying = await connectAt(c, owner);
    const set = (node: ClusterNode, settings: object) =>
      at(node, owner).api.patch("/api/workspace/settings", settings);
    await set(a, { name: "Harbour", signup: "closed", textLength: 1000 });
    for (const socket of sockets) {
      await socket.event("workspace", ({ workspace }) => workspace?.name === "Harbour");
    }
    for (const [i, node] of nodes.entries()) {
      const account = { username: `late-${i}`, password: PASSWORD };
      const { status } = await new Api(node.url).request("POST", "/api/signup", account);
      assert.equal(status, 403);
      const long = { text: "x".repeat(1001) };
      const sent = await at(node, bob).api.request("POST", "/api/rooms/1/messages", long);
      assert.equal(sent.status, 422);
    }
    await set(b, { secondFactor: "all" });
    for (const socket of sockets) assert.equal((await socket.closed).code, 4401);
    for (const node of nodes) {
      const { status } = await at(node, bob).api.request("GET", "/api/rooms");
      assert.equal(status, 403);
    }
    assert.ok(staying.isOpen);
    await staying.close();
  });

  if (bus === "Redis") continue; // what follows is told in the same way
  test(`${bus}: a role and the hand-over at one node are known at all, and told there`, async (cluster) => {
    const nodes = cluster.nodes as unknown as Three;
    const [a, b, c] = nodes;
    const owner = await signUp(a.url, "owner");
    const bob = await signUp(b.url, "bob");
    const watching = await Promise.all(nodes.map((node) => connectAt(node, bob)));
    const role = (socket: ChatSocket, is: string) =>
      socket.event("user", ({ user }) => user.id === bob.id && user.role === is);
    await owner.api.patch(`/api/users/${bob.id}`, { role: "admin" });
    for (const socket of watching) await role(socket, "admin");
    const invited = await at(c, bob).api.request("POST", "/api/invites", { uses: 1 });
    assert.equal(invited.status, 201);
    await at(b, owner).api.post(`/api/users/${bob.id}/owner`, {}, 200);
    for (const socket of watching) await role(socket, "owner");
    // Two hand it over at once: there is one owner afterwards.
    const cleo = await signUp(c.url, "cleo");
    const both = await Promise.all([
      at(a, bob).api.request("POST", `/api/users/${cleo.id}/owner`, {}),
      at(c, bob).api.request("POST", `/api/users/${owner.id}/owner`, {}),
    ]);
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 403]);
    const owners = await cluster.postgres.query(
      "SELECT count(*) FROM users WHERE role = 'owner'",
      cluster.database,
    );
    assert.equal(owners.trim(), "1");
    await Promise.all(watching.map((socket) => socket.close()));
  });

  test(`${bus}: a new sign-in is told at every node, and its word is over where it is acknowledged`, async (cluster) => {
    const nodes = cluster.nodes as unknown as Three;
    const [a, b, c] = nodes;
    const owner = await signUp(a.url, "owner");
    const onB = await connectAt(b, owner);
    assert.equal((await logIn(a, owner)).status, 200);
    const { signIn } = await onB.event("signIn");
    await at(c, owner).api.post("/api/me/sign-ins/seen", { ids: [signIn.id] }, 204);
    await onB.event("signInsSeen");
    // Requests to join are told to staff wherever they are.
    const onC = await connectAt(c, owner);
    await at(b, owner).api.patch("/api/workspace/settings", { signup: "ask" });
    await eventually(async () => {
      const { signup } = await new Api(a.url).get<{ signup: string }>("/api/workspace");
      assert.equal(signup, "ask");
    });
    const account = { username: "dora", password: PASSWORD };
    assert.equal((await new Api(a.url).request("POST", "/api/signup", account)).status, 202);
    for (const socket of [onB, onC]) {
      await socket.event("requests", ({ waiting }) => waiting === 1);
      await socket.close();
    }
  });
}
