/** Joins what answers requests. A part of the composition in `app.ts`. */
import { eventLoop, letOthersIn, whenCalm } from "./event_loop.ts";
import { createFreshApp } from "./fresh/app.ts";
import { PageCompression } from "./fresh/page_compression.ts";
import type { Rest } from "./fresh/pieces.ts";
import type { LaterRouteFile, RouteFile } from "./fresh/route_files.ts";
import { serveStaticFile, type StaticFiles } from "./fresh/static_files.ts";
import { refuseBadAddress } from "./http/entry.ts";
import { answerError } from "./http/errors.ts";
import { countError, countUnrouted } from "./http/measure.ts";
import { newState, type Services, type State } from "./http/state.ts";
import type { Metrics } from "./metrics/metrics.ts";
import type { Logger } from "./program/log.ts";
import { loadRoutes } from "./program/route_modules.ts";

/** Milliseconds that a page is rendered until others have their turn. */
const RENDERED_AT_ONCE = 8;

export interface RoutesEnvironment {
  /** dist/assets and static/. */
  staticFiles: StaticFiles;
  log: Logger;
  metrics: Pick<Metrics, "counts">;
}

export interface JoinedRoutes {
  fetch(request: Request, info: Deno.ServeHandlerInfo): Response | Promise<Response>;
  /** Ends what loads the rest of the routes once the start is over. */
  stopLoading(): void;
}

/** Answers requests: first checks their address, then tries files, then routes. */
export async function joinRoutes(
  { staticFiles, log, metrics: { counts: { http: counts } } }: RoutesEnvironment,
  services: Services,
): Promise<JoinedRoutes> {
  const files: (RouteFile | LaterRouteFile)[] = await loadRoutes();
  const routes = createFreshApp<State>({
    compression: new PageCompression(),
    rests,
    files,
    state: () => newState(services),
    onError(error, ctx, renderError) {
      countError(counts, error);
      return answerError(error, ctx, renderError, log);
    },
  });
  const stopLoading = eventLoop.afterStart(() => {
    routes.prepare();
    return whenCalm(eventLoop, () => {
      for (const file of files) if ("load" in file) file.load().catch(() => {}); // its request says why
    });
  });
  return {
    fetch: (request, info) =>
      countUnrouted(counts, "refused", request, refuseBadAddress(request)) ??
        countUnrouted(counts, "static", request, serveStaticFile(staticFiles, request)) ??
        routes.fetch(request, info),
    stopLoading,
  };
}

function rests(): Rest {
  let begun = eventLoop.now();
  return () => {
    if (eventLoop.now() - begun < RENDERED_AT_ONCE) return undefined;
    return new Promise((resolve) =>
      letOthersIn(eventLoop, () => {
        begun = eventLoop.now();
        resolve();
      })
    );
  };
}
