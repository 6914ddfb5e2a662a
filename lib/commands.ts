/** Joins what people can do: a part of the composition in `app.ts`. */
import { type Chat, createChat } from "./chat/chat.ts";
import { Erasing } from "./chat/erasing.ts";
import { followDue } from "./chat/due_elsewhere.ts";
import { StatusEnds } from "./chat/status_ends.ts";
import { Purging } from "./chat/purging.ts";
import { newToken } from "./auth/secrets.ts";
import type { Doors, RandomBytes } from "./doors.ts";
import { eventLoop } from "./event_loop.ts";
import { JobRunner } from "./jobs/runner.ts";
import { createWorks, isPassing } from "./jobs/works.ts";
import type { Metrics } from "./metrics/metrics.ts";
import { traceCalls } from "./metrics/tracing.ts";
import type { Logger } from "./program/log.ts";
import { LIMITS } from "./protocol/limits.ts";
import type { Resources } from "./resources/resources.ts";

/** What commands take from outside. */
export interface CommandsEnvironment {
  now(): number;
  randomBytes: RandomBytes;
  metrics: Metrics;
  log: Pick<Logger, "error">;
}

export function joinChat(
  environment: CommandsEnvironment,
  { store, bus, workspace, shared, nodes }: Resources,
  mail: Doors["mail"],
  online: () => number[],
): { chat: Chat; stopUpkeep(): void; stopJobs(): Promise<void> } {
  const { now, metrics, randomBytes } = environment;
  const rates = { ...workspace.rates(), ticks: eventLoop.now, ...shared?.limits };
  const parts = { store, bus, workspace, mail, now, online, randomBytes };
  const erasing = new Erasing({ store, now, loop: eventLoop });
  const jobs = createRunner(environment, { store, workspace, online });
  const statusEnds = new StatusEnds({ store, now, loop: eventLoop });
  nodes?.follow(followDue({
    jobs: (time) => jobs.at(time),
    statuses: (time) => statusEnds.at(time),
  }));
  const purging = new Purging({ store, now, loop: eventLoop });
  const chat = createChat({
    ...parts,
    ...rates,
    jobs,
    files: {
      mostBytes: LIMITS.fileSize,
      space: { user: null, all: null },
      requireDisk: () => Promise.resolve(),
      cleanUp: () => {},
    },
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
  ];
  return {
    chat: traceCalls(metrics.tracing, chat, (_, command) => `chat ${command}`),
    stopUpkeep: () => stops.forEach((stop) => stop()),
    stopJobs: () => jobs.close(),
  };
}

function createRunner(
  { now, metrics, log }: CommandsEnvironment,
  { store, workspace, online }: Pick<Resources, "store" | "workspace"> & { online(): number[] },
): JobRunner {
  return new JobRunner({
    store,
    works: createWorks({ store, mostText: () => workspace.get("textLength"), online, now }),
    isPassing,
    now,
    loop: eventLoop,
    log,
    counts: metrics.counts.jobs,
  });
}
