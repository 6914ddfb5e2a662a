/** Bad requests: a problem in plain words, and nothing changed. */
import assert from "node:assert/strict";
import { fetchRoom, type Problem } from "../support/chat_client.ts";
import { houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

test("a body that is not the JSON object it should be is refused in plain words", async () => {
  const { ann, room } = await house.pair();
  const path = `/api/rooms/${room}/messages`;
  const json = { "content-type": "application/json" };
  const cases: [string, Record<string, string>, number][] = [
    ["{", json, 400],
    ["", json, 400],
    ["null", json, 400],
    ["[]", json, 400],
    ['"text"', json, 400],
    ["7", json, 400],
    ['{"text":"x"}', { "content-type": "text/plain" }, 400],
    ["text=x", { "content-type": "application/x-www-form-urlencoded" }, 400],
    ['{"text":7}', json, 422],
    ['{"text":"x","room":1}', json, 422],
    ['{"text":"x","userId":1}', json, 422],
    [`{"text":"${"x".repeat(70_000)}"}`, json, 413],
    [`{"text":"${"x".repeat(8_001)}"}`, json, 422],
    ['{"text":"\\ud800"}', json, 422],
  ];
  for (const [body, headers, status] of cases) {
    const answer = await ann.api.request<Problem>("POST", path, body, headers);
    assert.equal(answer.status, status, body.slice(0, 60));
    assert.equal(answer.headers.get("content-type"), "application/problem+json");
    assert.equal(answer.body.status, status);
    assert.equal(
      answer.body.code,
      { 400: "bad_request", 413: "too_large", 422: "invalid" }[status],
    );
    assert.ok(answer.body.title.length > 0 && answer.body.detail.length > 0);
  }
  assert.equal((await fetchRoom(ann.api, room)).head, 0);
});

test("each field that is refused has its reason, also where the store refuses it", async () => {
  const { ann, room } = await house.pair();
  const cases: [Record<string, unknown>, string, string][] = [
    [{ text: "x", replyTo: 999_999 }, "replyTo", "invalid"],
    [{ text: "x", files: [1] }, "files", "invalid"],
    [{ text: "x", room }, "room", "unknown"],
    [{ text: "x", colour: "red" }, "colour", "unknown"],
  ];
  for (const [body, path, reason] of cases) {
    const { errors } = await ann.api.refused("POST", `/api/rooms/${room}/messages`, body);
    assert.deepEqual(errors?.map((error) => [error.path, error.reason]), [[path, reason]], path);
  }
});

test("bodies full of combining marks are refused at once, wherever they stand", async () => {
  const { ann, room } = await house.pair();
  const marks = ["\u0345", "\u0315", "\u0301", "\u0323", "\u05b0"];
  const text = "a" + marks.map((mark) => mark.repeat(2_000)).join("");
  const bodies: [string, string, unknown][] = [
    ["POST", "/api/signup", { username: text, password: text, displayName: text }],
    ["POST", "/api/signup", { username: "marks", password: "a long password", displayName: text }],
    ["POST", "/api/login", { username: text, password: "a long password" }],
    ["POST", "/api/me/password", { current: text, password: text }],
    ["PATCH", "/api/me", { displayName: text }],
    ["POST", "/api/rooms", { kind: "public", name: text, topic: text }],
    ["PATCH", `/api/rooms/${room}`, { name: text }],
    ["PATCH", `/api/rooms/${room}`, { topic: text }],
  ];
  for (const [method, path, body] of bodies) {
    const start = performance.now();
    const answer = await ann.api.request<Problem>(method, path, JSON.stringify(body), {
      "content-type": "application/json",
    });
    assert.equal(answer.status, 422, path);
    // It took 2 s and more.
    assert.ok(performance.now() - start < 1_000, path);
  }
});

test("an address that does not exist is a 404, and a method it lacks is no success", async () => {
  const ann = await house.person();
  const paths = [
    "/api/nothing",
    "/api/rooms/abc",
    "/api/rooms/0",
    "/api/rooms/-1",
    "/api/rooms/1.5",
  ];
  for (
    const path of [
      ...paths,
      "/api/rooms/99999999999999999999",
      "/api/rooms/1/nothing",
      "/api/messages/x",
    ]
  ) {
    const method = path.startsWith("/api/messages") ? "DELETE" : "GET";
    const answer = await ann.api.request<Problem>(method, path);
    assert.equal(answer.status, 404, path);
    assert.equal(answer.body.code, "not_found", path);
    assert.equal(answer.headers.get("content-type"), "application/problem+json", path);
  }
  for (
    const [method, path] of [["DELETE", "/api/me"], ["PUT", "/api/rooms"], ["GET", "/api/login"]]
  ) {
    const answer = await ann.api.request<Problem>(method!, path!);
    assert.ok([404, 405].includes(answer.status), `${method} ${path}: ${answer.status}`);
  }
});

test("odd paths lead nowhere: dots, double slashes, bad escapes", async () => {
  const paths = [
    "/..%2f..%2fdeno.json",
    "/%2e%2e/deno.json",
    "/assets/..%2f..%2fmain.ts",
    "/assets/%00",
    "/%E0%A4%A",
    "//evil.example/",
    "/data/chat.db",
    "/deno.json",
    `/api/messages/1/reactions/%FF`,
  ];
  for (const path of paths) {
    const answer = await house.stranger.request("GET", path);
    assert.ok(answer.status >= 400 && answer.status < 500, `${path}: ${answer.status}`);
    assert.ok(!answer.text.includes("imports"));
  }
});

test("a reaction whose address is a broken escape is refused, not an internal error", async () => {
  const { ann, room, onAnn: socket } = await house.pair();
  const { id } = await socket.send(room, "x");
  for (const emoji of ["%FF", "%E0%A4", "x", "__proto__", "%20"]) {
    const answer = await ann.api.request("PUT", `/api/messages/${id}/reactions/${emoji}`);
    assert.ok([400, 404, 422].includes(answer.status), `${emoji}: ${answer.status}`);
  }
  assert.equal((await fetchRoom(ann.api, room)).head, 1);
});

test("a login leads on to a path of any script, also for those who are signed in", async () => {
  const { ann } = await house.pair();
  const response = await fetch(`${house.url}/login?next=${encodeURIComponent("/комната")}`, {
    headers: ann.api.headers,
    redirect: "manual",
  });
  await response.body?.cancel();
  assert.equal(response.status, 302);
  assert.equal(response.headers.get("location"), encodeURI("/комната"));
});

test("an upgrade that is no WebSocket's is a bad request", async () => {
  const good = {
    connection: "Upgrade",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
  };
  const wrong: Partial<typeof good>[] = [
    { "sec-websocket-key": undefined },
    { "sec-websocket-key": "short" },
    { "sec-websocket-version": undefined },
    { "sec-websocket-version": "8" },
    { connection: "keep-alive" },
  ];
  for (const headers of wrong) {
    const status = await upgradeStatus({ ...good, ...headers });
    assert.equal(status, 400, JSON.stringify(headers));
  }
  assert.equal(await upgradeStatus(good), 101);
  assert.equal(await upgradeStatus({ ...good, connection: "keep-alive, upgrade" }), 101);
});

/** Asks by hand, since `fetch` does not send these headers; what the first line of the answer says. */
async function upgradeStatus(headers: Record<string, string | undefined>): Promise<number> {
  const { port } = new URL(house.url);
  using connection = await Deno.connect({ hostname: "127.0.0.1", port: Number(port) });
  const lines = Object.entries({ host: `localhost:${port}`, upgrade: "websocket", ...headers })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value}\r\n`);
  await connection.write(new TextEncoder().encode(`GET /chat HTTP/1.1\r\n${lines.join("")}\r\n`));
  const bytes = new Uint8Array(1_024);
  const count = await connection.read(bytes) ?? 0;
  const answer = new TextDecoder().decode(bytes.subarray(0, count));
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
}

test("nothing that was refused left a line of error in the log", () => {
  assert.doesNotMatch(house.program.stderr(), / error /);
  return Promise.resolve();
});
