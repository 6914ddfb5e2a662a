/**
 * One app after the other under the same address: who asks while one is closing and the next is
 * not there yet waits for it. It knows nothing of what an app does, nor of ports.
 */
import type { App } from "../app.ts";

export interface Succession extends Pick<App, "fetch"> {
  /** Closes the app in order and makes another; rejects where that cannot be made. */
  restart(): Promise<void>;
  /** Closes the last one; waits for a restart that is under way. */
  close(): Promise<void>;
}

/** Makes the first app; rejects where it cannot be made. */
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
    async restart() {
      latest = latest.then(succeed);
      await latest;
    },
    async close() {
      await (await latest).close("shutdown");
    },
  };
}
