/**
 * One app after another at the same address: requests that arrive while one is closing wait for the
 * next. It knows nothing about what an app does, nor about ports.
 */
import type { App } from "../app.ts";

export interface Succession extends Pick<App, "fetch" | "drain"> {
  /** Closes the app cleanly and creates another; rejects if that fails. */
  restart(): Promise<void>;
  /** Closes the last one; waits for a restart in progress. */
  close(): Promise<void>;
}

/** Creates the first app; rejects if that fails. */
export async function beginSuccession(create: () => Promise<App>): Promise<Succession> {
  let app: App | null = await create();
  let latest = Promise.resolve(app);

  async function succeed(before: App): Promise<App> {
    app = null;
    await before.close("restart");
    app = await create();
    return app;
  }

  return {
    fetch: (request, info) =>
      app === null ? latest.then((next) => next.fetch(request, info)) : app.fetch(request, info),
    drain: () => app?.drain(),
    async restart() {
      latest = latest.then(succeed);
      await latest;
    },
    async close() {
      await (await latest).close("shutdown");
    },
  };
}
