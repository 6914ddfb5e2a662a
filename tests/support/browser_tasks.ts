/**
 * How long a page's main thread is busy at a stretch, out of Chromium's trace. Counted in the
 * thread's own time: a machine that others use makes every task longer by the clock.
 */
import type { CDPSession, Page } from "playwright-core";

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds of the thread's own time. */
  tdur?: number;
  args?: { name?: string };
}

/** The longest task of the page while `run` runs, in milliseconds. */
export async function longestTask(page: Page, run: () => Promise<unknown>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on("Tracing.dataCollected", ({ value }) => {
    // The cast: the protocol's types say no more of an event than that it is an object.
    events.push(...value as unknown as TraceEvent[]);
  });
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["toplevel"] },
  });
  try {
    await run();
  } finally {
    await endOf(session);
  }
  const threads = events.filter(({ name, args }) =>
    name === "thread_name" && args?.name === "CrRendererMain"
  );
  const main = new Set(threads.map(({ pid, tid }) => `${pid}/${tid}`));
  const tasks = events.filter(({ name, ph, pid, tid }) =>
    ph === "X" && name.endsWith("RunTask") && main.has(`${pid}/${tid}`)
  );
  if (tasks.length === 0) throw new Error("The trace has no tasks");
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur / 1000));
}

async function endOf(session: CDPSession): Promise<void> {
  const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.end");
  await complete;
  await session.detach();
}
