/**
 * Everything below routes/, as modules. When run from source, they are found and imported; the
 * bundle that `build_server.ts` makes replaces this module with one that contains those that a
 * start needs, and loads the others later.
 */
import { loadRouteFiles, type RouteFile } from "../fresh/route_files.ts";
import { ROOT } from "./places.ts";

export function loadRoutes(): Promise<RouteFile[]> {
  return loadRouteFiles(new URL("routes/", ROOT));
}
