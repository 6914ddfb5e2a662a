/**
 * What the app needs from outside the process, opened as the settings say: its database, and what
 * joins it with other nodes. What is not asked for is not loaded.
 */
import type { Bus } from "../bus/bus.ts";
import { openBus } from "../bus/open.ts";
import type { Notice } from "../chat/notice.ts";
import { NOTICE_LINES } from "../chat/notice_lines.ts";
import { eventLoop } from "../event_loop.ts";
import type { Metrics } from "../metrics/metrics.ts";
import { traceCalls } from "../metrics/tracing.ts";
import type { Blobs } from "../files/blobs.ts";
import { openBlobs } from "./open_blobs.ts";
import type { Inspector } from "../files/inspect.ts";
import { openInspector } from "./open_inspector.ts";
import type { OtherNodes } from "./open_nodes.ts";
import type { SharedKnowledge } from "./open_sharing.ts";
import { openStore } from "./open_store.ts";
import type { Config } from "../program/config/config.ts";
import { fileLimitsOf } from "../program/config/files.ts";
import { StartError } from "../program/data_folder.ts";
import type { Logger } from "../program/log.ts";
import { isDurable } from "../store/changes.ts";
import type { Store } from "../store/store.ts";
import { CurrentWorkspace } from "../workspace/current_workspace.ts";
import { KeptLogo } from "../workspace/kept_logo.ts";
import type { Premises } from "../workspace/premises.ts";
import { premisesOf } from "./premises.ts";
import { WorkspaceKeeper } from "./keep_workspace.ts";

export interface Resources {
  store: Store;
  bus: Bus<Notice>;
  /** Names this history of the database. */
  epoch: string;
  /** Names the database permanently. */
  instance: string;
  /** Signs sessions, on every node. */
  secret: Uint8Array<ArrayBuffer>;
  /** What holds for everybody, of what staff can set. */
  workspace: CurrentWorkspace;
  logo: KeptLogo;
  /** Bytes of files, where the settings say. */
  blobs: Blobs;
  /** Tells what files are, and makes small pictures. */
  inspector: Inspector;
  /** Where the chat is, for staff. */
  premises: Premises;
  /** Null where there is one node. */
  shared: SharedKnowledge | null;
  /** Keeps the hub in step with other nodes; null where there is one. */
  nodes: OtherNodes | null;
}

export interface ResourceOptions {
  /** Signs sessions, on every node; null if PostgreSQL keeps it. */
  secret: Uint8Array<ArrayBuffer> | null;
  metrics: Pick<Metrics, "counts" | "tracing">;
  /** Wall clock, ms since the epoch. */
  now(): number;
  /** Bytes that nobody can foretell. */
  randomBytes(length: number): Uint8Array<ArrayBuffer>;
  log: Logger;
}

/** Throws `StartError`, and leaves nothing open. */
export async function openResources(
  config: Config,
  options: ResourceOptions,
): Promise<Resources> {
  const { metrics: { counts, tracing }, log } = options;
  // The bus is named after what the store says; nothing is committed before it is there.
  let bus: Bus<Notice> | null = null;
  let nodes: OtherNodes | null = null;
  const { store: untraced, secret } = await openStore(config.database, {
    secret: options.secret,
    onCommit(changes) {
      // With other nodes, durable ones come to everybody by the table of events alone.
      const told = nodes === null ? changes : changes.filter((change) => !isDurable(change));
      if (told.length > 0) bus?.publish(told);
    },
    onEvents: async (events) => await nodes?.committed(events),
    counts: counts.store,
    tracing,
    log,
  });
  const store = traceCalls(
    tracing,
    untraced,
    (operation) => operation === "close" ? null : `store ${operation}`,
  );
  try {
    const [epoch, instance] = [await store.epoch(), await store.instance()];
    bus = await joinBus(config, { epoch, instance }, log);
    bus.subscribe((_, from) => {
      if (from === "here") counts.bus.published += 1;
      else counts.bus.received += 1;
    });
    nodes = await findNodes(config, bus, log);
    const workspace = await keepWorkspace(config, { store, bus, nodes }, log);
    const shared = await shareKnowledge(config, { secret, bus, epoch, instance });
    const logo = new KeptLogo(async (version) => {
      const found = await store.logoData({ version });
      return found && { type: found.type, bytes: Uint8Array.fromBase64(found.data) };
    });
    const blobs = await openBlobs(config, options);
    const premises = premisesOf({ ...config, bus, nodes, shared, since: options.now() });
    const inspector = openInspector(log);
    const opened = { store, bus, epoch, instance, secret, workspace, logo, blobs, inspector };
    return { ...opened, premises, shared, nodes };
  } catch (error) {
    await nodes?.close();
    await bus?.close();
    await store.close();
    throw error;
  }
}

/** A node that nobody hears would look sound: so it does not start. */
async function joinBus(
  { database, redis }: Config,
  { epoch, instance }: Pick<Resources, "epoch" | "instance">,
  log: Logger,
): Promise<Bus<Notice>> {
  const postgres = database.kind === "postgres" ? database.address : null;
  const settings = { redis, postgres, instance, epoch, lines: NOTICE_LINES, log };
  try {
    return await openBus<Notice>({ ...settings, loop: eventLoop });
  } catch (error) {
    throw new StartError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

async function findNodes(
  { database }: Config,
  bus: Bus<Notice>,
  log: Logger,
): Promise<OtherNodes | null> {
  if (database.kind !== "postgres") return null;
  const { openNodes } = await import("./open_nodes.ts");
  const wake = () => bus.publish([{ type: "events" }]);
  try {
    return await openNodes({ postgres: database.address, wake, loop: eventLoop, log });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`Cannot watch the database: ${reason}.`, { cause: error });
  }
}

/** Read after somebody listens: no change is missed between. */
async function keepWorkspace(
  config: Config,
  { store, bus, nodes }: Pick<Resources, "store" | "bus" | "nodes">,
  log: Logger,
): Promise<CurrentWorkspace> {
  const { signup, passwordLogin, linkPreviews, sendRate, roomRate } = config;
  const workspace = new CurrentWorkspace({
    signup: signup ?? undefined,
    passwordLogin: passwordLogin ?? undefined,
    linkPreviews: linkPreviews ?? undefined,
    sendRate: sendRate ?? undefined,
    roomRate: roomRate ?? undefined,
  }, { fileSize: fileLimitsOf(config).file });
  const keeper = new WorkspaceKeeper({
    store,
    workspace,
    log: (message, error) => log.error(message, { error }),
  });
  if (nodes === null) bus.subscribe((notices) => keeper.happened(notices));
  else nodes.follow(keeper);
  await keeper.read();
  return workspace;
}

async function shareKnowledge(
  { database, redis }: Config,
  options: Pick<Resources, "bus" | "epoch" | "instance" | "secret">,
): Promise<SharedKnowledge | null> {
  if (database.kind !== "postgres") return null;
  const { openSharing } = await import("./open_sharing.ts");
  try {
    return await openSharing({ ...options, redis, postgres: database.address, loop: eventLoop });
  } catch (error) {
    throw new StartError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
