/**
 * Every request of the document, with the document's own examples, at a place where it works: on a new
 * server, in this order. Whoever adds a request adds its line.
 */
import assert from "node:assert/strict";
import { API_OPERATIONS } from "../../lib/http/openapi/operations/operations.ts";
import { ERROR_STATUS, type ErrorCode } from "../../lib/protocol/codes.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";
import type { Call, Documented } from "../support/documented.ts";
import { addAndRemoveEmoji } from "./openapi_emoji_scene.ts";
import { planInVain, planLater } from "./openapi_later_scene.ts";
import { Api, type Person, signUp } from "../support/api_client.ts";

/** Ids as the examples have them. */
const [GENERAL, READING_GROUP, GARDEN] = [1, 2, 4];

export interface Cast {
  ann: Person;
  bob: Person;
  cleo: Person;
}

export class Scene {
  constructor(readonly document: Documented, readonly url: string) {}

  /** As somebody: answered with the status, or refused with the code. */
  async as(person: Person | null, id: string, expected: number | string, call: Call = {}) {
    const token = person === null ? [] : [["authorization", `Bearer ${person.token}`]];
    const headers = { origin: this.url, ...Object.fromEntries(token), ...call.headers };
    const answer = await this.document.call(this.url, id, { ...call, headers });
    // A refusal without a body, of a request for the head alone, has a status only.
    const bare = answer.code === null && typeof expected === "string";
    const wanted = bare ? ERROR_STATUS[expected as ErrorCode] : expected;
    assert.equal(answer.code ?? answer.status, wanted, `${id}: ${JSON.stringify(answer.body)}`);
    return answer;
  }
}

/** Opens the accounts: the first is the document's own example. */
export async function enter(scene: Scene): Promise<Cast> {
  await scene.as(null, "openapi", 200);
  await scene.as(null, "healthz", 200);
  await scene.as(null, "readyz", 200);
  await scene.as(null, "metrics", 200);
  await scene.as(null, "workspace", 200);
  const elsewhere = { "x-forwarded-for": "203.0.113.7" };
  await scene.as(null, "metrics", "not_found", { headers: elsewhere });
  const { body, headers } = await scene.as(null, "signup", 201);
  const ann = personOf(scene.url, body as SignedIn, headers);
  await scene.as(null, "login", 200);
  return { ann, bob: await signUp(scene.url, "bob"), cleo: await signUp(scene.url, "cleo") };
}

/** What is allowed. */
export async function play(scene: Scene, { ann, bob }: Cast): Promise<void> {
  await scene.as(ann, "getMe", 200);
  await scene.as(ann, "updateMe", 200);
  await scene.as(ann, "listSessions", 200);
  await scene.as(ann, "revokeSession", 204);
  await letPhoneIn(scene, ann);
  await scene.as(ann, "updateUser", 200);
  await scene.as(ann, "getWorkspace", 200);
  await scene.as(ann, "getHealth", 200);
  await scene.as(ann, "setLogo", 204);
  await scene.as(ann, "removeLogo", 204);
  await scene.as(ann, "updateWorkspace", 200);
  await scene.as(ann, "getUser", 200);
  await scene.as(ann, "resetUser", 201);
  await scene.as(null, "askReset", 204);
  await scene.as(ann, "setEmail", 202);
  await scene.as(ann, "getEmail", 200);
  await scene.as(ann, "removeEmail", 204);

  await scene.as(ann, "getAccount", 200);
  await scene.as(ann, "setAvatar", 200);
  await scene.as(ann, "removeAvatar", 204);

  await scene.as(ann, "createRoom", 201);
  const direct = { kind: "direct", users: [2] };
  await scene.as(ann, "createRoom", 201, { body: direct });
  const { body: { id: talk } } = await scene.as(ann, "createRoom", 200, { body: direct }) as {
    body: { id: number };
  };
  await scene.as(ann, "listSeen", 200, { params: { id: talk } });
  await scene.as(ann, "createRoom", 201, { body: { kind: "public", name: "Garden" } });
  await scene.as(ann, "getRoom", 200);
  await scene.as(bob, "getRoom", 200, { params: { id: GARDEN } });
  await scene.as(ann, "updateRoom", 200);
  await scene.as(ann, "setRoomPicture", 200);
  await scene.as(ann, "removeRoomPicture", 204);
  await scene.as(ann, "addMember", 204);
  await scene.as(ann, "updateMembership", 200);

  const invite = (await scene.as(ann, "createInvite", 201)).body as { code: string };
  await scene.as(null, "invitation", 200, { params: invite });
  await scene.as(bob, "acceptInvite", 200, { params: invite });
  await scene.as(ann, "revokeInvite", 204);

  await scene.as(ann, "updateWorkspace", 200, { body: { signup: "ask" } });
  const ask = async (username: string) => {
    const body = { username, password: ann.password, note: "May I?" };
    const asked = (await scene.as(null, "signup", 202, { body })).body as {
      request: { id: number };
    };
    return { id: asked.request.id };
  };
  const params = await ask("dieter");
  await scene.as(null, "login", "forbidden", {
    body: { username: "dieter", password: ann.password },
  });
  await scene.as(ann, "decideJoinRequest", 200, { params, body: { state: "refused" } });
  await scene.as(ann, "decideJoinRequest", "conflict", { params });
  await scene.as(bob, "decideJoinRequest", "forbidden", { params });
  await scene.as(bob, "listJoinRequests", "forbidden");
  await scene.as(ann, "decideJoinRequest", "not_found", {
    params: await ask("dina"),
    body: { state: "accepted", rooms: [999] },
  });
  await scene.as(ann, "updateWorkspace", 200, { body: { signup: null } });

  const { body } = await scene.as(ann, "sendMessage", 201);
  assert.equal((body as { room: number }).room, READING_GROUP);
  await scene.as(ann, "sendMessage", 200);
  await scene.as(ann, "sendMessage", 201, { body: { text: "Hello!" } });
  await scene.as(bob, "addReaction", 204);
  await scene.as(ann, "editMessage", 200);
  await scene.as(bob, "listVersions", 200);
  await scene.as(ann, "removeLink", 200, { query: "url=https://books.example/" });
  await scene.as(bob, "saveMessage", 204);
  await scene.as(bob, "hearMessage", 204);
  await scene.as(bob, "listHeard", 200, { query: "messages=1" });
  await scene.as(bob, "unsaveMessage", 204);
  await scene.as(ann, "saveMessage", 204);
  await playFiles(scene, ann, bob);
  await scene.as(ann, "setDraft", 204);
  await scene.as(ann, "listDrafts", 200);
  await scene.as(ann, "dropDraft", 204);
  await planLater(scene, ann);
  await scene.as(ann, "titleThread", 204);
  await scene.as(bob, "followThread", 204);
  await scene.as(bob, "markThreadRead", 204);
  await scene.as(bob, "unfollowThread", 204);
  await scene.as(bob, "markRead", 204);
  await scene.as(bob, "markUnread", 204);
  await scene.as(bob, "previewRoom", 200);
  await scene.as(bob, "listSeen", "forbidden");
  await scene.as(bob, "rememberRoom", 204);
  await scene.as(bob, "changes", 200, { query: "since=0" });
  await scene.as(bob, "removeReaction", 204);
}

async function playFiles(scene: Scene, ann: Person, bob: Person): Promise<void> {
  await scene.as(ann, "beginUpload", 201);
  const bytes = { method: "PATCH", body: "twelve bytes" };
  const headers = { authorization: `Bearer ${ann.token}`, "upload-offset": "0" };
  const sent = await fetch(`${scene.url}/api/files/1`, { ...bytes, headers });
  assert.equal(sent.status, 200, await sent.text());
  await scene.as(ann, "getFile", 200);
  await scene.as(ann, "uploadState", 200);
  const whole = await scene.as(ann, "readFile", 200);
  assert.equal(whole.body, bytes.body);
  await scene.as(ann, "readFile", 206, { headers: { range: "bytes=0-5" } });
  await scene.as(ann, "readFile", "bad_request", { headers: { range: "bytes=12-" } });
  const etag = whole.headers.get("etag")!;
  await scene.as(ann, "readFile", 304, { headers: { "if-none-match": etag } });
  await scene.as(ann, "describeFile", 200);
  await scene.as(ann, "listFiles", 200);
  await scene.as(ann, "listLinks", 200);
  for (const id of ["listFiles", "listLinks"]) {
    await scene.as(bob, id, "forbidden", { params: { id: GARDEN } });
  }
  await scene.as(ann, "deleteFile", 204);
  for (const id of ["getFile", "uploadState", "readFile", "describeFile", "deleteFile"]) {
    await scene.as(ann, id, "not_found");
  }
}

/** Ann's screen shows a code, her phone scans it, and she confirms. */
async function letPhoneIn(scene: Scene, ann: Person): Promise<void> {
  const made = (await scene.as(ann, "makePhoneLink", 201)).body as { id: number; url: string };
  const code = made.url.split("/").at(-1)!;
  const claimed = await scene.as(null, "claimPhoneLink", 201, { body: { code } });
  const { ticket } = claimed.body as { ticket: string };
  await scene.as(ann, "getPhoneLink", 200);
  await scene.as(null, "openPhoneLink", 202, { body: { ticket } });
  await scene.as(ann, "decidePhoneLink", 204, { body: { id: made.id, allow: true } });
  await scene.as(null, "openPhoneLink", 200, { body: { ticket } });
  await scene.as(ann, "listSignIns", 200);
  await scene.as(ann, "seeSignIns", 204);
}

/** With each query that the table gives as an example; what is asked for alone can be asked again. */
export async function query(scene: Scene, { ann }: Cast): Promise<void> {
  for (const { id, method, query } of API_OPERATIONS) {
    if (method !== "GET") continue;
    for (const example of query?.examples ?? []) await scene.as(ann, id, 200, { query: example });
  }
}

/** What is refused because of who asks, or of what there is. */
export async function refuse(scene: Scene, { ann, bob, cleo }: Cast): Promise<void> {
  const taken = { kind: "public", name: "Garden" };
  await scene.as(ann, "updateWorkspace", "conflict", { body: { sendRate: 5 } });
  await scene.as(null, "signup", "conflict");
  await scene.as(null, "signup", "not_found", {
    body: { username: "dora", password: ann.password, invite: "none" },
  });
  await scene.as(null, "login", "unauthenticated", {
    body: { username: "ann", password: "something else" },
  });
  await scene.as(ann, "createRoom", "conflict", { body: taken });
  const { body } = await scene.as(ann, "createRoom", 201, { body: { ...taken, name: "Lawn" } });
  await scene.as(ann, "updateRoom", "conflict", {
    params: { id: (body as { id: number }).id },
    body: { name: "Garden" },
  });
  await scene.as(bob, "createInvite", "forbidden");
  await scene.as(ann, "createInvite", "not_found", { body: { rooms: [999] } });
  await scene.as(ann, "createRoom", "not_found", { body: { kind: "direct", users: [999] } });
  await scene.as(ann, "sendMessage", "conflict", {
    body: { clientId: "hello-reading-group-1", text: "Something else" },
  });
  await scene.as(ann, "rememberRoom", "not_found", { body: { room: 999 } });
  await scene.as(bob, "getPhoneLink", "not_found");
  await scene.as(bob, "decidePhoneLink", "not_found");
  await scene.as(null, "claimPhoneLink", "not_found");
  await scene.as(null, "openPhoneLink", "not_found");
  await scene.as(ann, "searchUsers", "not_found", { query: "room=999&q=bob" });
  await scene.as(ann, "changePassword", "forbidden", {
    body: { current: "something else", password: "two long walks to the sea" },
  });
  for (const emoji of ["addReaction", "removeReaction"]) {
    await scene.as(ann, emoji, "invalid", { params: { emoji: "nonsense" } });
  }
  await refuseBeyondLimit(scene, ann);
  await addAndRemoveEmoji(scene, { ann, bob });
  await planInVain(scene, { ann, bob, hidden: 999, open: GARDEN });
  await askAgain(scene, ann);
  await refuseToGuest(scene, cleo);
  await refuseToStranger(scene, bob);
}

/** Fills what somebody may save, and takes one more. */
async function refuseBeyondLimit(scene: Scene, ann: Person): Promise<void> {
  const { api } = ann;
  const send = (_: unknown, at: number) =>
    api.post<{ id: number }>(`/api/rooms/${GENERAL}/messages`, { text: `${at}` });
  for (let saved = 0; saved < LIMITS.saved; saved += 100) {
    const messages = await Promise.all(Array.from({ length: 100 }, send));
    await Promise.all(messages.map(({ id }) => api.request("PUT", `/api/messages/${id}/save`)));
  }
  const { id } = await api.post<{ id: number }>(`/api/rooms/${GENERAL}/messages`, { text: "more" });
  await scene.as(ann, "saveMessage", "invalid", { params: { id } });
}

/** Answers that the caller has already. */
async function askAgain(scene: Scene, ann: Person): Promise<void> {
  for (const id of ["history", "listRooms"]) {
    const { headers } = await scene.as(ann, id, 200, { query: "" });
    await scene.as(ann, id, 304, { headers: { "if-none-match": headers.get("etag")! } });
  }
}

async function refuseToGuest(scene: Scene, cleo: Person): Promise<void> {
  await scene.as(cleo, "listRooms", "forbidden", { query: "scope=public" });
  await scene.as(cleo, "searchUsers", "forbidden", { query: "q=bob" });
  await scene.as(cleo, "getUser", 200);
  await scene.as(cleo, "createRoom", "forbidden");
  // A private room is hidden from who is not in it.
  for (
    const id of [
      "getRoom",
      "listMembers",
      "history",
      "previewRoom",
      "listSeen",
      "sendMessage",
      "updateRoom",
      "markRead",
      "markUnread",
      "setDraft",
      "dropDraft",
    ]
  ) {
    await scene.as(cleo, id, "not_found");
  }
  await scene.as(cleo, "changes", "not_found", { query: "since=0" });
  for (const id of ["editMessage", "setDraft", "dropDraft", "listVersions", "restoreMessage"]) {
    await scene.as(cleo, id, "not_found");
  }
}

/** Bob can see the garden, and is not in it; in the reading group he is a plain member. */
async function refuseToStranger(scene: Scene, bob: Person): Promise<void> {
  const params = { id: GARDEN };
  for (
    const id of [
      "listMembers",
      "history",
      "sendMessage",
      "updateRoom",
      "updateMembership",
      "listTopics",
      "markRead",
      "markUnread",
      "setDraft",
      "dropDraft",
    ]
  ) {
    await scene.as(bob, id, "forbidden", { params });
  }
  await scene.as(bob, "changes", "forbidden", { params, query: "since=0" });
  await scene.as(bob, "rememberRoom", "forbidden", { body: { room: GARDEN } });
  await scene.as(bob, "updateUser", "forbidden");
  await scene.as(bob, "listAudit", "forbidden");
  await scene.as(bob, "confirm", 204);
  for (const id of ["listAccounts", "getAccount", "signOutUser", "removeUserAvatar", "eraseUser"]) {
    await scene.as(bob, id, "forbidden");
  }
  await scene.as(bob, "handOver", "forbidden");
  await scene.as(bob, "exportAudit", "forbidden", { query: "format=csv" });
  await scene.as(bob, "confirm", 204, { body: { password: bob.password } });
  await scene.as(bob, "resetUser", "forbidden", { params: { id: 1 } });
  await scene.as(bob, "getWorkspace", "forbidden");
  await scene.as(bob, "getHealth", "forbidden");
  await scene.as(bob, "setLogo", "forbidden");
  await scene.as(bob, "removeLogo", "forbidden");
  await scene.as(bob, "updateWorkspace", "forbidden");
  await scene.as(bob, "editMessage", "forbidden");
  await scene.as(bob, "deleteMessage", "forbidden");
  await scene.as(bob, "updateRoom", "forbidden");
  await scene.as(bob, "setRoomPicture", "forbidden");
  await scene.as(bob, "removeRoomPicture", "forbidden");
  await scene.as(bob, "removeMember", "forbidden", { params: { userId: 1 } });
  await scene.as(bob, "updateMembership", "forbidden", {
    params: { id: GENERAL },
    body: { hidden: true },
  });
}

/** What ends things. */
export async function leave(scene: Scene, { ann, bob }: Cast): Promise<void> {
  await scene.as(ann, "deleteMessage", 204);
  await scene.as(ann, "saveMessage", "forbidden");
  await scene.as(ann, "remind", "forbidden");
  await scene.as(bob, "restoreMessage", "forbidden");
  await scene.as(ann, "restoreMessage", 200);
  await scene.as(ann, "deleteMessage", 204);
  await scene.as(ann, "removeMember", 204);
  await scene.as(ann, "signOutUser", 204);
  await scene.as(ann, "removeUserAvatar", 204);
  await scene.as(ann, "eraseUser", 200);
  await scene.as(ann, "changePassword", 204);
  await scene.as(bob, "logout", 204);
  const { body: link } = await scene.as(ann, "resetUser", 201);
  const token = (link as { url: string }).url.split("/").at(-1);
  await scene.as(null, "useReset", 200, { body: { token, password: ann.password } });
  await scene.as(null, "useReset", "not_found");
  await scene.as(ann, "handOver", 200); // after which Ann, an admin now, makes Bob no link
}

interface SignedIn {
  user: Person["user"];
  token: string;
}

function personOf(url: string, { user, token }: SignedIn, headers: Headers): Person {
  const cookie = (headers.get("set-cookie") ?? "").split(";")[0]!;
  const { id, username } = user;
  const password = "a long walk to the sea";
  const api = new Api(url, { authorization: `Bearer ${token}` });
  return { user, id, username, password, token, cookie, api };
}
