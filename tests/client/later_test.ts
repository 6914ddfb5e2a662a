/** What was planned comes back into the composer: whole, before what stands there, or not at all. */
import assert from "node:assert/strict";
import type { Scheduled } from "../../lib/protocol/scheduled.ts";
import { sane } from "./outbox_fixture.ts";
import { fileNamed, online, uploadWorld } from "./uploads_fixture.ts";

const planned = (over: Partial<Scheduled> = {}): Scheduled => ({
  id: 7,
  room: 1,
  text: "the plan",
  replyTo: null,
  files: [],
  at: 0,
  clientId: "planned-message-1",
  createdAt: 0,
  failed: null,
  ...over,
});

/** The server has these, and nothing holds them any more. */
const fileOf = (id: number): Scheduled["files"][number] => ({
  id,
  name: `${id}.txt`,
  type: "text/plain",
  size: 9,
  width: null,
  height: null,
  duration: null,
  url: `/files/${id}/${id}.txt`,
  thumbnail: null,
  alt: "",
  blur: null,
});

/** @param status of the answer to whoever takes it back */
async function world(status: number) {
  const made = await online(uploadWorld());
  const asked: string[] = [];
  const { environment } = made.link;
  const outer = environment.fetch;
  environment.fetch = (path, request) => {
    if (!path.startsWith("/api/scheduled")) return outer(path, request);
    asked.push(`${request.method} ${path}`);
    const headers = { get: () => null };
    const json = () => Promise.resolve({ code: "not_found", detail: "It was sent." });
    return Promise.resolve({ ok: status < 300, status, headers, json });
  };
  return { ...made, asked, later: await made.client.actions.later() };
}

Deno.test(
  "a planned message stands before the draft, and its files before the draft's",
  sane,
  async () => {
    const { client, attached, until, asked, later } = await world(204);
    client.actions.changeDraft(1, { text: "further" });
    await client.actions.attach(1, [fileNamed("draft.txt")]);
    await until(() => assert.equal(attached()[0]?.state, "ready"));
    const files = [fileOf(101), fileOf(102)];
    assert.equal(await later.takeBack(planned({ files })), 1);
    assert.deepEqual(asked, ["DELETE /api/scheduled/7?files=keep"]);
    assert.equal(client.state.drafts.value.get(1)!.text, "the plan\n\nfurther");
    assert.deepEqual(attached().map(({ name, state }) => `${name} ${state}`), [
      "101.txt ready",
      "102.txt ready",
      "draft.txt ready",
    ]);
    assert.deepEqual((await client.actions.filesReady(1)).slice(0, 2), [101, 102]);
    client.stop();
  },
);

Deno.test(
  "one that was sent meanwhile stays out of the draft, and its files as well",
  sane,
  async () => {
    const { client, attached, later } = await world(404);
    await assert.rejects(later.takeBack(planned({ files: [fileOf(101)] })), { code: "not_found" });
    assert.equal(client.state.drafts.value.get(1), undefined);
    assert.deepEqual(attached(), []);
    client.stop();
  },
);

Deno.test(
  "what is one file too many says so, and goes along once there is room",
  sane,
  async () => {
    const { client, attached, until, later } = await world(204);
    await client.actions.attach(1, [fileNamed("draft.txt")]);
    await until(() => assert.equal(attached()[0]?.state, "ready"));
    const most = client.state.limits.value.filesPerMessage;
    await later.takeBack(
      planned({ files: Array.from({ length: most }, (_, at) => fileOf(at + 101)) }),
    );
    assert.equal(attached().at(-1)!.error?.code, "too_many");
    assert.equal(client.actions.send("too many"), false);
    client.actions.detach(1, attached()[0]!.local);
    await until(() => assert.equal(attached().at(-1)!.state, "ready"));
    assert.equal(attached().at(-1)!.error, null);
    assert.equal(attached().length, most);
    client.stop();
  },
);
