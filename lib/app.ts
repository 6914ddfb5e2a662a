/** The composition root: config → { fetch, close }. The only file that knows everything. */
import type { Auth } from "./auth/auth.ts";
import { cookieNameOf, createSessionCookie } from "./auth/cookie.ts";
import { createSite } from "./auth/origin.ts";
import type { Chat } from "./chat/chat.ts";
import { LastChanges } from "./chat/last_changes.ts";
import { joinChat } from "./commands.ts";
import { type Doors, enforceSecondFactor, joinDoors, type RandomBytes } from "./doors.ts";
import { newKey } from "./files/blobs.ts";
import type { Config } from "./program/config/config.ts";
import { fileLimitsOf } from "./program/config/files.ts";
import { createFreshApp } from "./fresh/app.ts";
import type { LaterRouteFile, RouteFile } from "./fresh/route_files.ts";
import type { Assets } from "./fresh/assets.ts";
import { serveStaticFile, type StaticFiles } from "./fresh/static_files.ts";
import { Bodies } from "./http/bodies.ts";
import { EntityTags } from "./http/entity_tags.ts";
import { refuseBadAddress } from "./http/entry.ts";
import { answerError } from "./http/errors.ts";
import { KeptPages } from "./http/kept_pages.ts";
import { countError, countUnrouted } from "./http/measure.ts";
import { PageTurns } from "./http/page_turns.ts";
import { createReady, refuseReadiness } from "./http/readiness.ts";
import { newState, type Services, type State } from "./http/state.ts";
import { PageCompression } from "./fresh/page_compression.ts";
import { ReadPages } from "./http/read_pages.ts";
import { KEPT_BYTES, KeptHtml } from "./ui/kept/kept_html.ts";
import { createHub, type Hub } from "./hub/hub.ts";
import { frameRate } from "./hub/sockets/frames.ts";
import { eventLoop } from "./event_loop.ts";
import { guardMemory, type Memory } from "./hub/sockets/memory_guard.ts";
import { CAN_SEVER } from "./hub/sockets/sever.ts";
import type { Metrics } from "./metrics/metrics.ts";
import type { Logger } from "./program/log.ts";
import { loadRoutes } from "./program/route_modules.ts";
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
 * How long clients wait, with jitter, before they reconnect to a restarting server (ms): about as
 * long as an orderly restart takes. Who comes too soon is refused, which costs nothing.
 */
const RETRY_AFTER = 300;

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
    readPages: new ReadPages(),
    keptHtml: new KeptHtml(KEPT_BYTES),
    clientId: () => crypto.randomUUID(),
    keptPages: new KeptPages(),
    pageTurns: new PageTurns(eventLoop),
    assets,
    apiDocs: atFirstUse(apiDocs),
    site: createSite(config.origins),
    cookie: createSessionCookie(cookieName),
    ticketCookie: createSessionCookie(`${cookieName}_second`),
    trustProxy: config.trustProxy,
    newBlobKey: () => newKey(randomBytes),
    tags: new EntityTags({
      changes: nodes === null ? followChanges(bus) : null,
      start: newKey(randomBytes),
    }),
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

function followChanges(bus: Resources["bus"]): LastChanges {
  const changes = new LastChanges();
  bus.subscribe((notices) => changes.happened(notices));
  return changes;
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

/** Answers requests: first checks their address, then tries files, then routes. */
async function joinRoutes(
  { staticFiles, log, metrics: { counts: { http: counts } } }: AppEnvironment,
  services: Services,
): Promise<{ fetch: App["fetch"]; stopLoading(): void }> {
  const files: (RouteFile | LaterRouteFile)[] = await loadRoutes();
  const routes = createFreshApp<State>({
    compression: new PageCompression(),
    files,
    state: () => newState(services),
    onError(error, ctx, renderError) {
      countError(counts, error);
      return answerError(error, ctx, renderError, log);
    },
  });
  const stopLoading = eventLoop.afterStart(() => {
    routes.prepare();
    for (const file of files) if ("load" in file) file.load().catch(() => {}); // its request says why
  });
  return {
    fetch: (request, info) =>
      countUnrouted(counts, "refused", request, refuseBadAddress(request)) ??
        countUnrouted(counts, "static", request, serveStaticFile(staticFiles, request)) ??
        routes.fetch(request, info),
    stopLoading,
  };
}
