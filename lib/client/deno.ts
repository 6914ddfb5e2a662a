/**
 * The engine's environment in Deno, for bots and scripts: no page, no other tabs, a token instead
 * of a cookie. Unsent messages are kept in a folder, or in memory if none is given.
 */
import type { Ticks } from "../protocol/time.ts";
import { newClientId } from "./client_id.ts";
import type { Environment, HttpRequest, Socket, SocketHandlers } from "./environment.ts";
import { FolderStorage } from "./folder_storage.ts";
import { createMemoryStorage } from "./outbox_storage.ts";
import { createMemoryShelf } from "./shelf.ts";

/** How long a whole HTTP answer may take, in milliseconds. */
const ANSWER_WITHIN = 30_000;

/** Deno's WebSocket accepts headers; the browser types, which the project also loads, hide this. */
const HeaderWebSocket = WebSocket as unknown as new (
  url: URL,
  options: { headers: Record<string, string> },
) => WebSocket;

export interface DenoEnvironmentOptions {
  /** Where the server is: "https://chat.example.org". */
  url: string;
  /** Called for each request; null before login. */
  token(): string | null;
  /** Keeps unsent messages across restarts of this program. */
  folder: string | null;
}

export function denoEnvironment({ url, token, folder }: DenoEnvironmentOptions): Environment {
  const authorization = (): Record<string, string> => {
    const known = token();
    return known === null ? {} : { authorization: `Bearer ${known}` };
  };
  // There is no page visibility, and the network is not watched: only the socket's silence tells.
  const never = () => () => {};
  return {
    now: () => Date.now(),
    ticks: () => performance.now() as Ticks,
    random: () => Math.random(),
    setTimeout: (callback, milliseconds) => globalThis.setTimeout(callback, milliseconds),
    clearTimeout: (timer) => globalThis.clearTimeout(timer as number | undefined),
    newClientId,
    openSocket: (path, handlers) => openSocket(new URL(path, url), authorization(), handlers),
    fetch: (path: string, { method, headers, body }: HttpRequest) =>
      globalThis.fetch(new URL(path, url), {
        method,
        headers: { ...headers, ...authorization() },
        body: body ?? null,
        signal: AbortSignal.timeout(ANSWER_WITHIN),
      }),
    storage: folder === null ? createMemoryStorage() : new FolderStorage(folder),
    shelf: createMemoryShelf(),
    onOnline: never,
    onVisibility: never,
    isVisible: () => true,
  };
}

function openSocket(url: URL, headers: Record<string, string>, handlers: SocketHandlers): Socket {
  url.protocol = url.protocol.replace("http", "ws");
  const socket = new HeaderWebSocket(url, { headers });
  let ended = false;
  const end = (code: number, reason?: string) => {
    if (!ended) handlers.closed(code, reason);
    ended = true;
  };
  socket.onopen = () => handlers.opened();
  socket.onmessage = (event) => handlers.frame(String(event.data));
  // Without a handshake no close event follows.
  socket.onerror = () => end(1006);
  socket.onclose = (event) => end(event.code, event.reason);
  return {
    send(text) {
      // Between `close()` and `onclose` a socket accepts nothing; what is sent then is lost anyway.
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: () => socket.close(),
  };
}
