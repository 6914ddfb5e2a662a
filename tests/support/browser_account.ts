/** An account of the running program, for what a test prepares or checks behind the browser. */
import assert from "node:assert/strict";

export const PASSWORD = "correct horse battery";

export interface Account {
  id: number;
  username: string;
  token: string;
  /** The session as a browser keeps it. */
  cookie: { name: string; value: string };
  /** Calls the API in this account's name; fails where the answer is no success. */
  call(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Says something in a room. */
  say(text: string, room?: number): Promise<SaidMessage>;
  /** Whatever the room holds, oldest first: at most its newest hundred messages. */
  texts(room?: number): Promise<string[]>;
}

export interface SaidMessage {
  id: number;
  seq: number;
}

/** The room that everybody is in. */
export const GENERAL = 1;

export async function createAccount(url: string, username: string): Promise<Account> {
  const response = await fetch(`${url}/api/signup`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username, password: PASSWORD }),
  });
  const { user, token } = await response.json();
  assert.equal(response.status, 201, `sign up of ${username}`);
  const pair = response.headers.get("set-cookie")!.split(";")[0]!;
  const at = pair.indexOf("=");

  async function call(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${url}/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    assert(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return text === "" ? null : JSON.parse(text);
  }
  return {
    id: user.id,
    username,
    token,
    cookie: { name: pair.slice(0, at), value: pair.slice(at + 1) },
    call,
    say: (text, room = GENERAL) =>
      call("POST", `/rooms/${room}/messages`, { text }) as Promise<SaidMessage>,
    async texts(room = GENERAL) {
      const page = await call("GET", `/rooms/${room}/messages?limit=100`);
      return (page as { messages: { text: string }[] }).messages.map(({ text }) => text);
    },
  };
}

/** Makes a public room, as its owner. */
export async function createRoom(
  owner: Account,
  name: string,
  kind: "public" | "private" = "public",
): Promise<number> {
  const room = await owner.call("POST", "/rooms", { kind, name });
  return (room as { id: number }).id;
}

/** What a page is told whose session ends while it asks for whatever it was about to ask for. */
export const SESSION_ENDED = /status of 401 .*\/api\//;
