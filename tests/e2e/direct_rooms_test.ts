/** Direct rooms: one for the same people, and theirs alone. */
import assert from "node:assert/strict";
import type { MemberRoom } from "../support/chat_client.ts";
import { houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

test("one direct room exists for the same people, whoever opens it", async () => {
  const [ann, bob, carl] = await house.people(3);
  const onBob = await house.connect(bob!);
  const body = { kind: "direct", users: [bob!.id] };
  const made = await ann!.api.request<MemberRoom>("POST", "/api/rooms", body);
  assert.equal(made.status, 201);
  assert.equal(made.body.name, null);
  assert.equal(made.body.kind, "direct");
  assert.equal(made.body.memberCount, 2);
  await ann!.api.post(`/api/rooms/${made.body.id}/messages`, { text: "hello" });
  await onBob.event("room", ({ room }) => room.id === made.body.id);
  const same = [
    await ann!.api.request<MemberRoom>("POST", "/api/rooms", body),
    await bob!.api.request<MemberRoom>("POST", "/api/rooms", { kind: "direct", users: [ann!.id] }),
    await ann!.api.request<MemberRoom>("POST", "/api/rooms", {
      kind: "direct",
      users: [bob!.id, ann!.id, bob!.id],
    }),
  ];
  for (const answer of same) {
    assert.equal(answer.status, 200);
    assert.equal(answer.body.id, made.body.id);
  }
  const three = await ann!.api.request<MemberRoom>("POST", "/api/rooms", {
    kind: "direct",
    users: [bob!.id, carl!.id],
  });
  assert.equal(three.status, 201);
  assert.notEqual(three.body.id, made.body.id);
});

test("the same direct room opened twenty times at once is one room", async () => {
  const [ann, bob] = await house.people(2);
  const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => {
    const [from, to] = at % 2 === 0 ? [ann!, bob!] : [bob!, ann!];
    return from.api.request<MemberRoom>("POST", "/api/rooms", { kind: "direct", users: [to.id] });
  }));
  assert.equal(new Set(answers.map(({ body }) => body.id)).size, 1);
  assert.equal(answers.filter(({ status }) => status === 201).length, 1);
});

test("nobody joins, leaves or renames a direct room", async () => {
  const [ann, bob, carl] = await house.people(3);
  const { id } = await ann!.api.post<MemberRoom>("/api/rooms", {
    kind: "direct",
    users: [bob!.id],
  });
  const attempts: [string, string, unknown?][] = [
    ["PUT", `/members/${carl!.id}`],
    ["DELETE", `/members/${bob!.id}`],
    ["DELETE", `/members/${ann!.id}`],
    ["PATCH", "", { name: "ours" }],
  ];
  for (const [method, path, body] of attempts) {
    const problem = await ann!.api.refused(method, `/api/rooms/${id}${path}`, body);
    assert.equal(problem.status, 403, `${method} ${path}`);
  }
  const unknown = await ann!.api.refused("POST", "/api/rooms", {
    kind: "direct",
    users: [987_654],
  });
  assert.ok([404, 422].includes(unknown.status));
});
