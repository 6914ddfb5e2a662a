/** Making rooms is metered; opening those that there are is not. */
import assert from "node:assert/strict";
import type { MemberRoom } from "../support/chat_client.ts";
import { houseTest, openHouse } from "./house.ts";

const house = openHouse({ CONFAB_ROOM_RATE: "5" });
const test = houseTest(house);

test("somebody makes so many rooms and no more, of whatever kind; others are not concerned", async () => {
  const [ann, bob, carl, dora] = await house.people(4);
  const first = await ann!.api.post<MemberRoom>("/api/rooms", { kind: "direct", users: [bob!.id] });
  for (let at = 0; at < 4; at++) {
    const kind = at % 2 === 0 ? "public" : "private";
    await ann!.api.post("/api/rooms", { kind, name: house.name("metered") });
  }
  const more = [
    { kind: "public", name: house.name("metered") },
    { kind: "private", name: house.name("metered") },
    { kind: "direct", users: [carl!.id] },
    { kind: "direct", users: [bob!.id, carl!.id] },
  ];
  for (const body of more) {
    const answer = await ann!.api.request<{ code: string }>("POST", "/api/rooms", body);
    assert.equal(answer.status, 429);
    assert.equal(answer.body.code, "rate_limited");
    const wait = Number(answer.headers.get("retry-after"));
    assert(wait > 0 && wait <= 720, `${wait} s`);
  }
  for (let at = 0; at < 10; at++) {
    const again = await ann!.api.request<MemberRoom>("POST", "/api/rooms", {
      kind: "direct",
      users: [bob!.id],
    });
    assert.deepEqual([again.status, again.body.id], [200, first.id]);
  }
  await bob!.api.post("/api/rooms", { kind: "direct", users: [dora!.id] });
});

test("many at once are counted, and a room that could not be made is not", async () => {
  const [ann] = await house.people(1);
  const unknown = { kind: "direct", users: [987_654] };
  for (let at = 0; at < 8; at++) {
    assert.equal((await ann!.api.request("POST", "/api/rooms", unknown)).status, 404);
  }
  const answers = await Promise.all(
    Array.from(
      { length: 12 },
      () => ann!.api.request("POST", "/api/rooms", { kind: "private", name: house.name("many") }),
    ),
  );
  assert.equal(answers.filter(({ status }) => status === 201).length, 5);
  assert.equal(answers.filter(({ status }) => status === 429).length, 7);
});
