/**
 * The protocol over HTTP, for tests: requests as one caller, accounts, whole rooms. Written from
 * the protocol's page alone; of ours it takes types only.
 */
import type { Message } from "../../lib/protocol/messages.ts";
import type { User } from "../../lib/protocol/people.ts";
import type { Changes } from "../../lib/protocol/sync.ts";

export interface Answer<Body> {
  status: number;
  headers: Headers;
  /** The body as it came. */
  text: string;
  /** The body as JSON; `undefined` where it is none. */
  body: Body;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  errors?: { path: string; message: string; reason: string }[];
}

export interface HistoryPage {
  messages: Message[];
  head: number;
  hasBefore: boolean;
  hasAfter: boolean;
}

/** Requests as one caller: with a Bearer token, or with the headers that are given. */
export class Api {
  constructor(readonly url: string, readonly headers: Record<string, string> = {}) {}

  /** Sends a request, a body as JSON; an answer of any status is an answer. */
  async request<Body>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const response = await fetch(this.url + path, {
      method,
      redirect: "manual",
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...this.headers,
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) as Body };
  }

  /** The body of an answer that must have this status. */
  async get<Body>(path: string): Promise<Body> {
    return expectStatus(await this.request<Body>("GET", path), 200).body;
  }

  async post<Body>(path: string, body: unknown, status = 201): Promise<Body> {
    return expectStatus(await this.request<Body>("POST", path, body), status).body;
  }

  async patch<Body>(path: string, body: unknown): Promise<Body> {
    return expectStatus(await this.request<Body>("PATCH", path, body), 200).body;
  }

  async put(path: string, body?: unknown): Promise<void> {
    expectStatus(await this.request("PUT", path, body), 204);
  }

  async delete(path: string): Promise<void> {
    expectStatus(await this.request("DELETE", path), 204);
  }

  /** A request that must be refused; its problem. */
  async refused(method: string, path: string, body?: unknown): Promise<Problem> {
    const answer = await this.request<Problem>(method, path, body);
    if (answer.status < 400) {
      throw new Error(`${method} ${path} was allowed: ${answer.status} ${answer.text}`);
    }
    return answer.body;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function expectStatus<Body>(answer: Answer<Body>, status: number): Answer<Body> {
  if (answer.status === status) return answer;
  throw new Error(`Expected ${status}, got ${answer.status} ${answer.text}`);
}

/** Somebody with an account, and one session of theirs. */
export interface Person {
  user: User;
  id: number;
  username: string;
  password: string;
  token: string;
  /** The session as a browser sends it back: "name=value". */
  cookie: string;
  api: Api;
}

interface SignedIn {
  user: User;
  token: string;
  expiresAt: number;
}

export const PASSWORD = "a long walk to the sea";

export function signUp(url: string, username: string): Promise<Person> {
  return enter(url, "/api/signup", 201, { username, password: PASSWORD });
}

/** The same account on another device. */
export function logIn(person: Person): Promise<Person> {
  const { username, password } = person;
  return enter(person.api.url, "/api/login", 200, { username, password });
}

async function enter(
  url: string,
  path: string,
  status: number,
  body: { username: string; password: string },
): Promise<Person> {
  const answer = expectStatus(await new Api(url).request<SignedIn>("POST", path, body), status);
  const { user, token } = answer.body;
  const cookie = (answer.headers.get("set-cookie") ?? "").split(";")[0]!;
  const api = new Api(url, { authorization: `Bearer ${token}` });
  const { id, username } = user;
  return { user, id, username, password: body.password, token, cookie, api };
}

/** Every message of a room, page by page, and its head. */
export async function fetchRoom(api: Api, room: number) {
  const messages: Message[] = [];
  let page = await api.get<HistoryPage>(`/api/rooms/${room}/messages?limit=100`);
  messages.unshift(...page.messages);
  while (page.hasBefore) {
    page = await api.get(`/api/rooms/${room}/messages?limit=100&before=${messages[0]!.seq}`);
    messages.unshift(...page.messages);
  }
  return { messages, head: page.head };
}

export function changesSince(api: Api, room: number, since: number): Promise<Changes> {
  return api.get<Changes>(`/api/rooms/${room}/changes?since=${since}`);
}
