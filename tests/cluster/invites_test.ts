/** Invitations and requests to join over two real programs on one database. */
import assert from "node:assert/strict";
import { at, clusterTests } from "../support/cluster.ts";
import { Api, ChatSocket, PASSWORD, signUp } from "../support/chat_client.ts";
import { eventually } from "../support/eventually.ts";

const test = clusterTests({ bus: "notify", env: { CONFAB_AUTH_RATE: "300" } });

interface Settings {
  settings: { signup: { value: string } };
}

const signup = (url: string, username: string, more: object) =>
  new Api(url).request("POST", "/api/signup", { username, password: PASSWORD, ...more });

test("of people who take the last use on two nodes at once, one gets in", async ({ nodes }) => {
  const owner = await signUp(nodes[0].url, "owner");
  for (let round = 0; round < 3; round++) {
    const { code } = await owner.api.post<{ code: string }>("/api/invites", { uses: 1 });
    const answers = await Promise.all(
      [0, 1, 0, 1].map((node, i) =>
        signup(nodes[node]!.url, `racer-${round}-${i}`, { invite: code })
      ),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 404, 404, 404]);
  }
});

test("staff on one node hear of who asks on the other, and let them in there", async ({ nodes }) => {
  const owner = await signUp(nodes[0].url, "owner");
  await owner.api.request("PATCH", "/api/workspace/settings", { signup: "ask" });
  const there = () => at(nodes[1], owner).api.get<Settings>("/api/workspace/settings");
  await eventually(async () => assert.equal((await there()).settings.signup.value, "ask"));
  const socket = await ChatSocket.connect(at(nodes[0], owner));
  try {
    const asked = await signup(nodes[1].url, "dora", { note: "May I?" });
    assert.equal(asked.status, 202);
    const told = () => socket.log.find((event) => event.type === "requests");
    assert.equal((await socket.until(told, "that somebody asks")).waiting, 1);
    const { request } = asked.body as unknown as { request: { id: number } };
    const path = `/api/join-requests/${request.id}`;
    const accepted = { state: "accepted" };
    const answers = await Promise.all(
      nodes.map((node) => at(node, owner).api.request("PATCH", path, accepted)),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
    const login = { username: "dora", password: PASSWORD };
    assert.equal((await new Api(nodes[1].url).request("POST", "/api/login", login)).status, 200);
  } finally {
    await socket.close();
  }
});
