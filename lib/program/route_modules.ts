/**
 * Everything below routes/, as modules. Run from its sources, they are found and imported; in the
 * bundle that `build_server.ts` makes, another module with the same export has them in it.
 */
import { loadRouteFiles, type RouteFile } from "../fresh/route_files.ts";
import { ROOT } from "./places.ts";

export function loadRoutes(): Promise<RouteFile[]> {
  return loadRouteFiles(new URL("routes/", ROOT));
}
