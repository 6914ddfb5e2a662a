/**
 * A thousand people with the chat open, through the client engine of the browser: its backoff, its
 * sync, its outbox. Runs as a program of its own, on the load's core. Says "ready" when everybody
 * is online, sends until its input ends, then says what everybody saw.
 *
 * Arguments: the port, and a file with the accounts.
 */
import { STANDARD_HERE } from "../lib/protocol/workspace_standard.ts";
import { createChatClient } from "../lib/client/client.ts";
import type { Environment, Socket, SocketHandlers } from "../lib/client/environment.ts";
import type { ChatClient } from "../lib/client/chat_client.ts";

import { createMemoryShelf } from "../lib/client/shelf.ts";
import { createMemoryStorage } from "../lib/client/outbox_storage.ts";
import { LIMITS } from "../lib/protocol/limits.ts";
import type { MemberRoom } from "../lib/protocol/rooms.ts";
import { print } from "./print.ts";
import type { Account } from "./seed.ts";
import { eventLoop } from "../lib/event_loop.ts";

export interface RestartReport {
  /** When each client was last greeted by the server, ms since the epoch. */
  onlineAt: number[];
  /** Texts that were handed to outboxes. */
  sent: number;
  /** Messages that somebody has not, that were stored twice, or that stand out of order. */
  lost: number;
  doubled: number;
  disordered: number;
}

const SENDERS = 10;
/** Between two messages of anybody, milliseconds. */
const PAUSE = 100;
/** How long everybody may take to have everything, after the last message was written. */
const SETTLE_DEADLINE = 30_000;

const [port, file] = Deno.args;
const origin = `http://127.0.0.1:${port}`;
const accounts: Account[] = JSON.parse(await Deno.readTextFile(file!));

/** Deno's WebSocket takes headers; the browsers' types, which the project also loads, hide it. */
const HeaderWebSocket = WebSocket as unknown as new (
  url: string,
  options: { headers: Record<string, string> },
) => WebSocket;

function environmentOf(account: Account): Environment {
  const authorization = `Bearer ${account.token}`;
  return {
    now: () => Date.now(),
    ticks: eventLoop.now,
    random: () => Math.random(),
    setTimeout: (callback, milliseconds) => setTimeout(callback, milliseconds),
    clearTimeout: (timer) => clearTimeout(timer as number), // what setTimeout gave
    newClientId: () => crypto.randomUUID(),
    openSocket: (path, handlers) => openSocket(path, authorization, handlers),
    fetch: (path, request) =>
      fetch(origin + path, {
        method: request.method,
        headers: { ...request.headers, authorization },
        ...(request.body === undefined ? {} : { body: request.body }),
      }),
    storage: createMemoryStorage(),
    shelf: createMemoryShelf(),
    onOnline: () => () => {},
    onVisibility: () => () => {},
    isVisible: () => true,
  };
}

function openSocket(path: string, authorization: string, handlers: SocketHandlers): Socket {
  const socket = new HeaderWebSocket(origin.replace("http", "ws") + path, {
    headers: { authorization },
  });
  let ended = false;
  const end = (code: number) => {
    if (!ended) handlers.closed(code);
    ended = true;
  };
  socket.onopen = () => handlers.opened();
  socket.onmessage = ({ data }) => handlers.frame(String(data));
  socket.onerror = () => end(1006);
  socket.onclose = ({ code }) => end(code);
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: () => socket.close(),
  };
}

/** A token names its session; asking the server a thousand times would be a measure of its own. */
function sessionOf(token: string): number {
  const payload = Uint8Array.fromBase64(token.split(".")[1]!, { alphabet: "base64url" });
  return (JSON.parse(new TextDecoder().decode(payload)) as { sid: number }).sid;
}

const onlineAt: number[] = [];

async function startClients(): Promise<ChatClient[]> {
  const { rooms } = await get<{ rooms: MemberRoom[] }>("/api/rooms");
  const { instance } = await get<{ instance: string }>("/api/me");
  const clients = accounts.map((account, i) => {
    const { id, username } = account;
    const client = createChatClient({
      epoch: null,
      me: {
        id,
        username,
        displayName: username,
        role: "member",
        avatar: null,
        disabled: false,
        status: null,
        language: null,
        theme: "system",
        showLocalTime: true,
      },
      sessionId: sessionOf(account.token),
      instance,
      rooms,
      users: [],
      saved: [],
      room: 1,
      page: { messages: [], head: rooms[0]!.head, hasBefore: false, hasAfter: false },
      highlightSeq: null,
      hidden: { rooms: 0, unread: false },
      home: false,
      workspace: STANDARD_HERE,
      limits: LIMITS,
      language: "en",
    }, environmentOf(account));
    client.state.connection.subscribe(({ state }) => {
      if (state === "online") onlineAt[i] = Date.now();
    });
    return client;
  });
  for (const client of clients) {
    client.start();
    await sleep(2); // the server is not to be tested yet
  }
  await until(() => clients.every(isOnline));
  return clients;
}

function isOnline(client: ChatClient): boolean {
  return client.state.connection.peek().state === "online";
}

async function get<T>(path: string): Promise<T> {
  const headers = { authorization: `Bearer ${accounts[1]!.token}` };
  return await (await fetch(origin + path, { headers })).json();
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + SETTLE_DEADLINE;
  while (!condition() && Date.now() < deadline) await sleep(20);
}

async function sendUntilTold(clients: ChatClient[]): Promise<string[]> {
  let told = false;
  const input = Deno.stdin.readable.getReader();
  input.read().finally(() => told = true);
  const texts: string[] = [];
  while (!told) {
    const text = `message ${texts.length}`;
    clients[texts.length % SENDERS]!.actions.send(text);
    texts.push(text);
    await sleep(PAUSE);
  }
  return texts;
}

function textsOf(client: ChatClient): string[] {
  return client.state.timeline.peek()?.messages.map(({ text }) => text) ?? [];
}

function reportOf(clients: ChatClient[], texts: string[]): RestartReport {
  let [lost, doubled, disordered] = [0, 0, 0];
  const order = textsOf(clients[0]!).join("\n");
  for (const client of clients) {
    const seen = textsOf(client);
    const distinct = new Set(seen);
    lost += texts.filter((text) => !distinct.has(text)).length;
    doubled += seen.length - distinct.size;
    if (seen.join("\n") !== order) disordered += 1;
  }
  return { onlineAt, sent: texts.length, lost, doubled, disordered };
}

const clients = await startClients();
print("ready");
const texts = await sendUntilTold(clients);
await until(() => clients.every((client) => textsOf(client).length >= texts.length));
print(JSON.stringify(reportOf(clients, texts)));
for (const client of clients) client.stop();
Deno.exit(0);
