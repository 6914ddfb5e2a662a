/** Writing is metered; reading is not. */
import assert from "node:assert/strict";
import type { MemberRoom } from "../support/chat_client.ts";
import { houseTest, openHouse } from "./house.ts";

const house = openHouse({ CONFAB_SEND_RATE: "1" });
const test = houseTest(house);

test("who has written too fast still opens a conversation that is not in their list", async () => {
  const [ann, bob] = await house.people(2);
  const room = await ann!.api.post<MemberRoom>("/api/rooms", { kind: "direct", users: [bob!.id] });
  const socket = await house.connect(ann!);
  await socket.send(room.id, "a line to read again");
  await ann!.api.patch(`/api/rooms/${room.id}/membership`, { hidden: true });
  const statuses: number[] = [];
  while (statuses.at(-1) !== 429 && statuses.length < 20) {
    const body = { notify: statuses.length % 2 === 0 ? "none" : "all" };
    const path = `/api/rooms/${room.id}/membership`;
    statuses.push((await ann!.api.request("PATCH", path, body)).status);
  }
  assert.equal(statuses.at(-1), 429);
  const page = await ann!.api.request("GET", `/rooms/${room.id}`, undefined, {
    accept: "text/html",
  });
  assert.equal(page.status, 200);
  assert.match(page.text, /a line to read again/);
});

test("a mention of everybody counts as ten writes, in a new text and in a changed one", async () => {
  for (const way of ["new", "changed"]) {
    const [ann, bob] = await house.people(2);
    const { id: room } = await house.room(ann!, bob!);
    const path = `/api/rooms/${room}/messages`;
    const { id } = await ann!.api.post<{ id: number }>(path, { text: "hello" });
    const text = "hello, @room";
    await (way === "new"
      ? ann!.api.post(path, { text })
      : ann!.api.patch(`/api/messages/${id}`, { text }));
    const refused = await ann!.api.refused("POST", path, { text: "and more" });
    assert.equal(refused.code, "rate_limited", way);
  }
});
