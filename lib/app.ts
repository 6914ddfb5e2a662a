/** The composition root: config → { fetch, close }. The only file that knows everything. */
import type { Auth } from "./auth/auth.ts";
import { cookieNameOf, createSessionCookie } from "./auth/cookie.ts";
import { createSite } from "./auth/origin.ts";
import type { Chat } from "./chat/chat.ts";
import { joinChat } from "./commands.ts";
import { type Doors, enforceSecondFactor, joinDoors, type RandomBytes } from "./doors.ts";
import { newKey } from "./files/blobs.ts";
import type { Config } from "./program/config/config.ts";
import { fileLimitsOf } from "./program/config/files.ts";
import type { Assets } from "./fresh/assets.ts";
import type { StaticFiles } from "./fresh/static_files.ts";
import { Bodies } from "./http/bodies.ts";
import { createReady, refuseReadiness } from "./http/readiness.ts";
import type { Services } from "./http/state.ts";
import { joinRoutes } from "./joined_routes.ts";
import { joinPages } from "./joined_pages.ts";
import { createHub, type Hub } from "./hub/hub.ts";
import { frameRate } from "./hub/sockets/frames.ts";
import { eventLoop } from "./event_loop.ts";
import { guardMemory, type Memory } from "./hub/sockets/memory_guard.ts";
import { CAN_SEVER } from "./hub/sockets/sever.ts";
import type { Metrics } from "./metrics/metrics.ts";
import type { Logger } from "./program/log.ts";
import { followOutsideChanges } from "./resources/outside_changes.ts";
import { openResources, type Resources } from "./resources/resources.ts";
import { atFirstUse } from "./protocol/first_use.ts";
import { LIMITS } from "./protocol/limits.ts";
import { SCHEMA_VERSION } from "./resources/open_store.ts";

/** What the app takes from outside. */
export interface AppEnvironment {
  /** Milliseconds since the epoch. */
  now(): number;
  /** At least 32 bytes; signs sessions. Null if PostgreSQL keeps it. */
  secret: Uint8Array<ArrayBuffer> | null;
  /** Bytes that nobody can foretell. */
  randomBytes: RandomBytes;
  log: Logger;
  /** What is counted, and the page that shows it: it outlives the app. */
  metrics: Metrics;
  /** Script and styles of an entry of the browser build. */
  assets: Assets;
  /** dist/assets and static/, for `serveStaticFile`. */
  staticFiles: StaticFiles;
  /** dist/api/docs: large and rarely requested, so it is read only on demand. */
  apiDocs(): StaticFiles;
  /** How much of the machine's memory Confab may use, in bytes (0: all), and how much it uses. */
  memory: { limit(): number; read(): Memory };
  /** Called when nothing in the app can help: the program shuts down cleanly, with exit code 1. */
  fail(error: unknown): void;
  /** Begins what may wait until the start is over; the function that it gives ends it. */
  afterStart(): () => void;
  /** Called when only a fresh start helps: closes this app cleanly and creates another. */
  restart(): void;
}

export interface App {
  fetch(request: Request, info: Deno.ServeHandlerInfo): Response | Promise<Response>;
  /** `/readyz` refuses from now on, and all else goes on. */
  drain(): void;
  /** Says `bye` to every connection, waits for what is being committed, closes the store. */
  close(reason: "shutdown" | "restart"): Promise<void>;
}

/**
 * How long clients wait, with up to half a second of jitter, before they reconnect to a restarting
 * server (ms): about as long as it is down on a fast machine. On a slow one those who come too soon
 * are refused, which costs nothing, and come again; who waits longer is only later.
 */
const RETRY_AFTER = 100;

export async function createApp(config: Config, environment: AppEnvironment): Promise<App> {
  const { now, metrics } = environment;
  const resources = await openResources(config, environment);
  const { store, bus, epoch, instance, shared, nodes } = resources;
  const doors = joinDoors(config, environment, resources);
  const { auth, mail } = doors;
  // The hub runs what chat can do, so it is there a moment later: nobody can ask before.
  const fileLimits = fileLimitsOf(config);
  const here = { ...environment, config, fileLimits, mail, online: () => hub.online() };
  const { stopUpkeep, stopJobs, ...joined } = joinChat(here, resources);
  const { chat } = joined;
  const hub: Hub = joinHub(config, environment, { ...resources, auth, chat });
  const parts = { store, ...doors, ...joined, hub, epoch, instance, fileLimits };
  const stopWatching = metrics.watch(() => ({
    ...hub.reading(),
    bus: { ...bus.state(), dropped: bus.dropped ?? 0 },
    database: config.database.kind,
    schema: SCHEMA_VERSION,
    mail: mail?.state() ?? null,
  }));
  const since = now();
  const stopFollowing = config.database.kind === "sqlite"
    ? eventLoop.afterStart(() => followOutsideChanges({ store, bus, loop: eventLoop, since }))
    : () => {};
  const bodies = new Bodies(eventLoop);
  const stopGuarding = config.memoryLimit === 0
    ? () => {}
    : eventLoop.afterStart(() => guardOf(environment, { ...joined, hub, bodies, auth }));
  const stopEnforcing = enforceSecondFactor({ ...environment, ...resources, auth, hub });
  const endLater = eventLoop.afterStart(environment.afterStart);
  const services = await joinServices(config, environment, { ...resources, ...parts, bodies });
  const { fetch, stopLoading } = await joinRoutes(environment, services);
  return {
    fetch,
    drain: () => void (services.ready = refuseReadiness),
    async close(reason) {
      stopWatching();
      stopEnforcing();
      stopFollowing();
      stopUpkeep();
      stopGuarding();
      stopLoading();
      endLater();
      resources.inspector.close();
      const goodbye = hub.close(reason, RETRY_AFTER);
      await Promise.all([auth.close(), mail?.close(), stopJobs()]);
      await store.close();
      await nodes?.close();
      await goodbye;
      await shared?.close();
      await bus.close();
      hub.cutOff();
    },
  };
}

/** What routes may ask. */
async function joinServices(
  config: Config,
  { assets, apiDocs, metrics, now, randomBytes }: AppEnvironment,
  { store, bus, secret, shared: _shared, nodes, ...parts }:
    & Doors
    & Pick<Services, "arrivals" | "bodies" | "chat" | "fileLimits" | "hub" | "requireDisk">
    & Resources,
): Promise<Services> {
  const cookieName = await cookieNameOf(parts.instance, secret);
  return {
    ...parts,
    ...joinPages({ bus, nodes }, newKey(randomBytes)),
    clientId: () => crypto.randomUUID(),
    assets,
    apiDocs: atFirstUse(apiDocs),
    site: createSite(config.origins),
    cookie: createSessionCookie(cookieName),
    ticketCookie: createSessionCookie(`${cookieName}_second`),
    trustProxy: config.trustProxy,
    newBlobKey: () => newKey(randomBytes),
    ready: createReady({
      ...parts,
      probe: () => store.probe({ now: now() }),
      database: config.database.kind,
      bus,
    }),
    now,
    metrics: {
      door: config.metrics,
      page: () => metrics.page(),
      counts: metrics.counts.http,
      tracing: metrics.tracing,
      ticks: eventLoop.now,
    },
  };
}

interface HubParts extends Resources {
  auth: Auth;
  chat: Chat;
}

function joinHub(config: Config, { now, log, metrics }: AppEnvironment, parts: HubParts): Hub {
  const { store, auth } = parts;
  return createHub({
    chat: parts.chat,
    bus: parts.bus,
    epoch: parts.epoch,
    instance: parts.instance,
    authenticate: (token, address) => auth.authenticateFully(token, address),
    isValid: (id) => auth.isOpen(id),
    changes: (room, since) => store.roomChanges({ room, since, limit: LIMITS.changesPage }),
    draftOf: (userId, room, thread) => store.findDraft({ userId, room, thread }),
    threadStates: (room, roots, userIds) => store.threadStates({ room, roots, userIds }),
    memberRooms: (room, userIds) => store.memberRooms({ room, userIds }),
    now,
    loop: eventLoop,
    limits: {
      perUser: config.connectionsPerUser,
      perAddress: config.connectionsPerAddress,
      frameRate: () => frameRate(parts.workspace.get("sendRate")),
    },
    here: () => parts.workspace.here(),
    log: (message, error) => log.error(message, { error }),
    joinNodes: parts.nodes?.join,
    ...(parts.shared && { sharing: parts.shared.sharing }),
    counts: metrics.counts.hub,
    tracing: metrics.tracing,
  });
}

/** Guards the memory until the returned function is called. */
function guardOf(
  environment: AppEnvironment,
  { hub, bodies, arrivals, auth }: Pick<Services, "hub" | "bodies" | "arrivals" | "auth">,
): () => void {
  const { memory, log } = environment;
  return guardMemory({
    limit: memory.limit,
    memory: memory.read,
    hub,
    endBodies: () => bodies.endAll() + arrivals.endAll(),
    canCut: CAN_SEVER,
    revoke: ({ user, sessionId }) =>
      void auth.endSession(user.id, sessionId).catch((error) =>
        log.error("a session could not be revoked", { error })
      ),
    // If the runtime does not free what sockets hold, only ending the process does.
    restart: CAN_SEVER
      ? environment.restart
      : () => environment.fail(new Error("Memory is above its limit.")),
    loop: eventLoop,
    log,
  });
}
