/** Joins what people can do: a part of the composition in `app.ts`. */
import { type Chat, createChat } from "./chat/chat.ts";
import { Erasing } from "./chat/erasing.ts";
import { followDue } from "./chat/due_elsewhere.ts";
import { StatusEnds } from "./chat/status_ends.ts";
import { Purging } from "./chat/purging.ts";
import { newToken } from "./auth/secrets.ts";
import type { Doors, RandomBytes } from "./doors.ts";
import { eventLoop } from "./event_loop.ts";
import { type JoinedFiles, joinFiles } from "./joined_files.ts";
import { JobRunner } from "./jobs/runner.ts";
import { createWorks, isPassing } from "./jobs/works.ts";
import type { Previews } from "./links/previews.ts";
import type { Metrics } from "./metrics/metrics.ts";
import { traceCalls } from "./metrics/tracing.ts";
import type { Config } from "./program/config/config.ts";
import type { Logger } from "./program/log.ts";
import type { FileLimits } from "./program/config/files.ts";
import { joinPreviews } from "./previewing.ts";
import type { Resources } from "./resources/resources.ts";

/** What commands take from outside. */
export interface CommandsEnvironment {
  now(): number;
  randomBytes: RandomBytes;
  metrics: Metrics;
  log: Pick<Logger, "error" | "warn">;
  fileLimits: FileLimits;
  mail: Doors["mail"];
  config: Config;
  /** Ids of all who are online. */
  online(): number[];
}

export function joinChat(
  environment: CommandsEnvironment,
  { store, bus, workspace, shared, nodes, blobs, inspector }: Resources,
): Pick<JoinedFiles, "arrivals" | "requireDisk"> & {
  chat: Chat;
  stopUpkeep(): void;
  stopJobs(): Promise<void>;
} {
  const { now, metrics, randomBytes, mail, online } = environment;
  const rates = { ...workspace.rates(), ticks: eventLoop.now, ...shared?.limits };
  const parts = { store, bus, workspace, mail, now, online, randomBytes };
  const previews = joinPreviews(environment.config, environment, {
    store,
    workspace,
    blobs,
    inspector,
  });
  const erasing = new Erasing({ store, now, loop: eventLoop });
  const jobs = createRunner(environment, { store, workspace, online, previews });
  const statusEnds = new StatusEnds({ store, now, loop: eventLoop });
  nodes?.follow(followDue({
    jobs: (time) => jobs.at(time),
    statuses: (time) => statusEnds.at(time),
  }));
  const files = joinFiles(environment, { store, bus, blobs, inspector });
  const purging = new Purging({ store, now, loop: eventLoop, purged: files.host.cleanUp });
  const chat = createChat({
    ...parts,
    ...rates,
    jobs,
    files: files.host,
    previews,
    newToken: () => newToken(randomBytes),
    eraseRest: () => erasing.wake(),
    purgeLater: () => purging.later(),
    endStatusAt: (until) => statusEnds.at(until),
  });
  const stops = [
    eventLoop.afterStart(() => erasing.start()),
    eventLoop.afterStart(() => statusEnds.start()),
    eventLoop.afterStart(() => jobs.wake()),
    eventLoop.afterStart(() => purging.start()),
    eventLoop.afterStart(() => files.start()),
    eventLoop.afterStart(() => previews.start()),
  ];
  return {
    chat: traceCalls(metrics.tracing, chat, (_, command) => `chat ${command}`),
    arrivals: files.arrivals,
    requireDisk: files.requireDisk,
    stopUpkeep: () => stops.forEach((stop) => stop()),
    stopJobs: async () => void await Promise.all([jobs.close(), previews.close()]),
  };
}

function createRunner(
  { now, metrics, log }: CommandsEnvironment,
  { store, workspace, ...parts }:
    & Pick<Resources, "store" | "workspace">
    & { online(): number[]; previews: Previews },
): JobRunner {
  return new JobRunner({
    store,
    works: createWorks({ store, mostText: () => workspace.get("textLength"), ...parts, now }),
    isPassing,
    now,
    loop: eventLoop,
    log,
    counts: metrics.counts.jobs,
  });
}
