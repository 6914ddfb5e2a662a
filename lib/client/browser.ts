/**
 * The engine's environment in a browser: the only file of the engine that touches `window`,
 * `document`, `indexedDB` or `WebSocket`. Nothing is touched before it is needed, so the server may
 * call it while rendering.
 */
import type { Ticks } from "../protocol/time.ts";
import type {
  Environment,
  HttpRequest,
  Socket,
  SocketHandlers,
  TabChannel,
} from "./environment.ts";
import { newClientId } from "./client_id.ts";
import { createIndexedStorage } from "./outbox_storage.ts";
import { createLocalShelf } from "./shelf.ts";

/** How long a whole HTTP answer may take, in milliseconds. */
const ANSWER_WITHIN = 30_000;

/** @param instance names the server's database: what is stored here belongs to it alone */
export function browserEnvironment(instance: string): Environment {
  return {
    now: () => Date.now(),
    // The one place in the browser that makes ticks.
    ticks: () => performance.now() as Ticks,
    random: () => Math.random(),
    setTimeout: (callback, milliseconds) => globalThis.setTimeout(callback, milliseconds),
    clearTimeout(timer) {
      if (typeof timer === "number") globalThis.clearTimeout(timer);
    },
    newClientId,
    openSocket,
    fetch: (path: string, request: HttpRequest) =>
      globalThis.fetch(path, { ...request, signal: AbortSignal.timeout(ANSWER_WITHIN) }),
    storage: createIndexedStorage(() => indexedDB, instance),
    files: async () => (await import("./browser_files.ts")).browserFiles(instance),
    shelf: createLocalShelf(() => localStorage, instance),
    onOnline: (listener) => listen(globalThis, "online", listener),
    onOffline: (listener) => listen(globalThis, "offline", listener),
    onVisibility: (listener) => listen(document, "visibilitychange", () => listener(isVisible())),
    onLeave: (listener) => listen(globalThis, "pagehide", listener),
    isVisible,
    ...(available(() => navigator.locks) ? { lock: holdLock } : {}),
    ...(available(() => BroadcastChannel) ? { channel: openChannel } : {}),
  };
}

/** A browser feature, if it exists and may be used: some browsers throw on mere access. */
function available(thing: () => unknown): boolean {
  try {
    return (thing() ?? null) !== null;
  } catch {
    return false;
  }
}

function isVisible(): boolean {
  return document.visibilityState === "visible";
}

function openSocket(path: string, handlers: SocketHandlers): Socket {
  const url = new URL(path, location.href);
  url.protocol = url.protocol.replace("http", "ws");
  let socket: WebSocket;
  try {
    socket = new WebSocket(url);
  } catch {
    // Forbidden by a policy or an extension: reported like any other socket that cannot be opened.
    setTimeout(() => handlers.closed(1006));
    return { send() {}, close() {} };
  }
  socket.onopen = () => handlers.opened();
  socket.onmessage = (event) => handlers.frame(String(event.data));
  socket.onclose = (event) => handlers.closed(event.code, event.reason);
  return {
    send(text) {
      // Between `close()` and `onclose` a socket accepts nothing; what is sent then is lost anyway.
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: () => socket.close(),
  };
}

function holdLock(name: string, steal: boolean, held: () => void, lost: () => void): () => void {
  const withdrawal = new AbortController();
  let giveBack = () => withdrawal.abort();
  const hold = () =>
    new Promise<void>((resolve) => {
      giveBack = resolve;
      held();
    });
  // The API refuses a signal with `steal`, which never waits anyway.
  const options = steal ? { steal } : { signal: withdrawal.signal };
  // Some browsers throw instead of rejecting.
  Promise.resolve().then(() => navigator.locks.request(name, options, hold)).catch(lost);
  return () => giveBack();
}

function openChannel(name: string, received: (message: unknown) => void): TabChannel | null {
  try {
    const channel = new BroadcastChannel(name);
    channel.onmessage = (event) => received(event.data);
    return { post: (message) => channel.postMessage(message), close: () => channel.close() };
  } catch {
    return null;
  }
}

function listen(target: EventTarget, type: string, listener: () => void): () => void {
  target.addEventListener(type, listener);
  return () => target.removeEventListener(type, listener);
}
