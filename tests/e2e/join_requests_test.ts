/** Where people ask to join: the form, what they are told meanwhile, and what staff hear. */
import assert from "node:assert/strict";
import type { JoinRequest, JoinRequestsPage } from "../../lib/protocol/join_requests.ts";
import { PASSWORD, type Problem } from "../support/chat_client.ts";
import { houseTest, openHouse } from "./house.ts";

const house = openHouse({ CONFAB_SIGNUP: "ask" });
const test = houseTest(house);

/** As a browser sends a form. */
async function submit(path: string, fields: Record<string, string>) {
  const answer = await fetch(house.url + path, {
    method: "POST",
    headers: { accept: "text/html", origin: house.url },
    body: new URLSearchParams(fields),
    redirect: "manual",
  });
  return {
    status: answer.status,
    location: answer.headers.get("location"),
    cookie: answer.headers.get("set-cookie"),
    html: await answer.text(),
  };
}

async function look(path: string): Promise<string> {
  return await (await fetch(house.url + path, { headers: { accept: "text/html" } })).text();
}

const waiting = () => house.owner.api.get<JoinRequestsPage>("/api/join-requests");

const decide = ({ id }: JoinRequest, state: "accepted" | "refused") =>
  house.owner.api.request<JoinRequest>("PATCH", `/api/join-requests/${id}`, { state });

const logIn = (username: string, password = PASSWORD) =>
  house.stranger.request<Problem>("POST", "/api/login", { username, password });

test("somebody asks by the form, is told how it stands, and is in once staff have said so", async () => {
  assert.match(await look("/login"), /Ask to join/);
  const form = await look("/signup");
  assert.match(form, /<textarea[^>]*name="note"/);
  assert.doesNotMatch(form, /<script(?! type="application\/json")/);
  const username = house.name("asker");
  const fields = { username, displayName: "", password: PASSWORD, note: "I row, seat three." };
  const weak = await submit("/signup", { ...fields, password: "short" });
  assert.equal(weak.status, 422);
  assert.match(weak.html, />I row, seat three\.<\/textarea>/);
  const sent = await submit("/signup", fields);
  assert.deepEqual([sent.status, sent.cookie], [303, null]);
  assert.match(await look(sent.location!), new RegExp(`log in as .*${username}`));
  assert.equal((await submit("/signup", fields)).status, 409, "it waits already");

  const early = await submit("/login", { username, password: PASSWORD });
  assert.equal(early.status, 403);
  assert.match(early.html, /Your request waits for the staff/);
  const { requests: [request] } = await waiting();
  assert.deepEqual([request!.username, request!.note], [username, "I row, seat three."]);
  assert.equal((await decide(request!, "accepted")).status, 200);
  assert.deepEqual((await submit("/login", { username, password: PASSWORD })).location, "/");
});

test("only who knows the password learns that somebody has asked", async () => {
  const username = house.name("asker");
  const asked = await house.stranger.request<{ request: JoinRequest }>("POST", "/api/signup", {
    username,
    password: PASSWORD,
    note: "Please",
  });
  assert.equal(asked.status, 202);
  const wrong = await logIn(username, "another long walk");
  const nobody = await logIn("nobody-at-all", "another long walk");
  assert.deepEqual([wrong.status, wrong.text], [nobody.status, nobody.text]);
  const right = await logIn(username);
  assert.deepEqual([right.status, right.body.errors?.[0]?.reason], [403, "waiting"]);
  await decide(asked.body.request, "refused");
  assert.equal((await logIn(username)).body.errors?.[0]?.reason, "refused");
});

test("staff hear at once how many wait; others hear nothing", async () => {
  const { owner } = house;
  const before = (await waiting()).waiting;
  const onOwner = await house.connect(owner);
  assert.equal(onOwner.log.find((event) => event.type === "ready")!.requests, before);
  await house.stranger.request("POST", "/api/signup", {
    username: house.name("asker"),
    password: PASSWORD,
  });
  const told = () => onOwner.log.find((event) => event.type === "requests");
  assert.equal((await onOwner.until(told, "that somebody asks")).waiting, before + 1);
});

test("an invitation lets people in without asking", async () => {
  const { code } = await house.owner.api.post<{ code: string }>("/api/invites", {});
  const come = { username: house.name("friend"), password: PASSWORD, invite: code };
  assert.equal((await house.stranger.request("POST", "/api/signup", come)).status, 201);
});
