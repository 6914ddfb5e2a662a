/**
 * The document against the running program: every request that it describes is sent, every answer held
 * against it, every refusal that it promises provoked. What it promises and nobody saw fails.
 */
import assert from "node:assert/strict";
import type { OpenApiDocument } from "../../lib/http/openapi/document.ts";
import { refusalsOf } from "../../lib/http/openapi/refusals.ts";
import type { ApiOperation } from "../../lib/http/openapi/operation.ts";
import { API_OPERATIONS } from "../../lib/http/openapi/operations/operations.ts";
import { playPasskeys } from "./openapi_passkeys.ts";
import { COMMAND_TABLE } from "../../lib/chat/chat.ts";
import type { AnyCommand } from "../../lib/chat/command.ts";
import { forgetProofs } from "../support/stale_sessions.ts";
import { type Call, Documented } from "../support/documented.ts";
import { type Program, startProgram } from "../support/program.ts";
import { connections, USER_HEADER } from "./openapi_connections.ts";
import { secondFactor } from "./openapi_factors.ts";
import { type Cast, enter, leave, play, query, refuse, Scene } from "./openapi_scene.ts";

/** Promised, and not to be had of a healthy server: what shows it instead. */
const ELSEWHERE: Record<string, string> = {
  confirm_first: "a session that is a quarter of an hour old (tests/auth/phone_links_test.ts)",
  internal: "a fault of ours, by its nature; the shape is that of all problems",
  unavailable: "a full disk (tests/faults/disk_full_test.ts), too many unfinished bodies " +
    "(tests/http/bodies_test.ts)",
  500: "as `internal`, to a request for the head alone",
  503: "as `unavailable`, to a request for the head alone",
};

Deno.test("every request of the document works as it says, and refuses as it says", async () => {
  // Letters wait there: nobody takes them at that port. Their links need an address of the site.
  const port = freePort();
  const mail = {
    CONFAB_SMTP: "smtp://127.0.0.1:9?tls=never",
    CONFAB_MAIL_FROM: "chat@example.org",
    CONFAB_ORIGIN: `http://localhost:${port}`,
  };
  await using free = await startProgram({
    args: ["--port", String(port)],
    env: { CONFAB_SEND_RATE: "0", CONFAB_ROOM_RATE: "0", CONFAB_USER_HEADER: USER_HEADER, ...mail },
  });
  await using strict = await startProgram({
    env: { CONFAB_SEND_RATE: "1", CONFAB_AUTH_RATE: "2", CONFAB_ROOM_RATE: "1" },
  });
  const documented = new Documented(await documentOf(free));
  const scene = new Scene(documented, free.url);
  const cast = await enter(scene);
  await play(scene, cast);
  await playPasskeys(scene, cast.bob);
  await query(scene, cast);
  await connections(scene, cast.bob);
  await secondFactor(scene, cast);
  for (const operation of API_OPERATIONS) await refuseByKind(scene, cast, operation);
  await refuseUnconfirmed(scene, cast, free);
  await refuse(scene, cast);
  await leave(scene, cast);
  await refuseTooFast(new Scene(documented, strict.url));

  const missing = documented.promised()
    .filter((each) => !documented.seen.has(each))
    .filter((each) => !(each.split(" ")[1]! in ELSEWHERE));
  assert.deepEqual(missing, [], "the document promises what nobody has seen");
});

Deno.test("a field, a status and a code that the document does not have are found", async () => {
  await using program = await startProgram();
  const document = await documentOf(program);
  const changed: OpenApiDocument = structuredClone(document);
  delete changed.components.schemas.User!.properties!["role" as never];
  delete changed.paths["/readyz"]!.get!.responses!["200" as never];
  const scene = new Scene(new Documented(changed), program.url);
  await assert.rejects(scene.as(null, "signup", 201), /must NOT have additional properties/);
  await assert.rejects(scene.as(null, "readyz", 200), /does not know that readyz answered 200/);
  const unseen = new Documented(document);
  assert.ok(
    unseen.promised().includes("sendMessage conflict") && !unseen.seen.has("sendMessage conflict"),
  );
});

Deno.test("the document is kept by whoever has it, and may be read by anybody", async () => {
  await using program = await startProgram();
  const first = await fetch(`${program.url}/api/openapi.json`);
  const text = await first.text();
  assert.equal(JSON.parse(text).openapi, "3.1.0");
  assert.equal(first.headers.get("cache-control"), "no-cache");
  const etag = first.headers.get("etag")!;
  const again = await fetch(`${program.url}/api/openapi.json`, {
    headers: { "if-none-match": etag },
  });
  assert.deepEqual([again.status, await again.text()], [304, ""]);
});

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

async function documentOf({ url }: Program): Promise<OpenApiDocument> {
  return await (await fetch(`${url}/api/openapi.json`)).json();
}

/** Of what takes a picture; for all others 64 KiB are the limit. */
const MORE_THAN: Record<string, number> = {
  setLogo: 800_000,
  setAvatar: 1_600_000,
  setRoomPicture: 1_600_000,
};

/** What follows from the kind of request: no session, another site, a body that is none. */
async function refuseByKind(scene: Scene, { ann }: Cast, operation: ApiOperation): Promise<void> {
  const { id, from, method, body, query, parameters, tag } = operation;
  const asked: Call = { query: query?.examples[0] ?? "" };
  const evil = { origin: "https://evil.example" };
  if (from === "caller") {
    await scene.as(null, id, "unauthenticated", asked);
    const headers = { "x-confab-session": "999999" };
    await scene.as(ann, id, "other_session", { ...asked, headers });
  }
  if (method !== "GET" && method !== "HEAD") {
    const cookie = from === "caller" ? ann.cookie : "";
    await scene.as(null, id, "forbidden", { headers: { ...evil, cookie } });
  }
  if (body) {
    const sender = from === "caller" ? ann : null;
    const plain = { "content-type": "text/plain" };
    await scene.as(sender, id, "bad_request", { headers: plain });
    await scene.as(sender, id, "too_large", {
      body: { text: "a".repeat(MORE_THAN[id] ?? 70_000) },
    });
    await scene.as(sender, id, "invalid", { body: { nonsense: true } });
  }
  if (query) await scene.as(ann, id, "invalid", { query: `${asked.query}&nonsense=1` });
  if (parameters && tag !== "server") {
    await scene.as(ann, id, "not_found", { ...asked, params: { id: 999_999 } });
  }
}

/** What is dangerous, to somebody who has not shown for long who they are. */
async function refuseUnconfirmed(scene: Scene, { ann }: Cast, program: Program): Promise<void> {
  forgetProofs(program);
  for (const operation of API_OPERATIONS) {
    if (!refusalsOf(operation).has("confirm_first")) continue;
    const body = dangerousBody(operation);
    await scene.as(ann, operation.id, "confirm_first", body === undefined ? {} : { body });
  }
  await scene.as(ann, "confirmState", 200);
  await scene.as(ann, "confirm", "forbidden", { body: { password: "something else" } });
  await scene.as(ann, "confirm", 204);
}

/** Where only some inputs are dangerous, the example that is. */
function dangerousBody({ command, body, id }: ApiOperation): unknown {
  const confirmed = command && (COMMAND_TABLE[command] as AnyCommand).confirmed;
  if (typeof confirmed !== "function") return undefined;
  const values = Object.values(body?.examples ?? {}).map(({ value }) => value);
  return values.find(confirmed) ?? assert.fail(`${id} has no example of what is dangerous`);
}

/** Where the document's own example is right, or needs no guess. */
const WRONG: Record<string, unknown> = {
  changePassword: { current: "something else", password: "two long walks to the sea" },
  removeTotp: { password: "something else" },
  renewRecoveryCodes: { password: "something else" },
};

/** Uploads may be begun more often than anything else: no setting says otherwise. */
const MOST_ATTEMPTS = 400;

/** On a server that allows next to nothing; each is asked until it is refused. */
async function refuseTooFast(scene: Scene): Promise<void> {
  const limited = API_OPERATIONS.filter((operation) => refusalsOf(operation).has("rate_limited"));
  const { body } = await scene.as(null, "signup", 201);
  const headers = { authorization: `Bearer ${(body as { token: string }).token}` };
  for (const { id, from, query } of limited) {
    let refused = false;
    for (let attempt = 0; attempt < MOST_ATTEMPTS && !refused; attempt++) {
      const call: Call = {
        headers: { origin: scene.url, ...(from === "caller" ? headers : {}) },
        query: query?.examples[0] ?? "",
        ...(id in WRONG ? { body: WRONG[id] } : {}),
        ...(id === "setRoomPicture" ? { params: { id: 1 } } : {}), // it asks first for the room
      };
      const { code } = await scene.document.call(scene.url, id, call);
      refused = code === "rate_limited";
    }
    assert.ok(refused, `${id} was never refused`);
  }
}
