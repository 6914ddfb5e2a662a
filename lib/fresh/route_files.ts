/**
 * Finds route files and says what their paths mean, by Fresh's conventions: `[id]` is a parameter,
 * `[...path]` the rest, `(group)` a folder without a segment, `index` the folder itself;
 * `_app`, `_layout`, `_middleware` and `_error` wrap what is in their folder and below.
 */

/** A file below routes/: its path there ("rooms/[id].tsx") and its module. */
export interface RouteFile {
  path: string;
  module: RouteModule;
}

/** One whose module is loaded with the first request for it, or before. */
export interface LaterRouteFile {
  path: string;
  load(): Promise<RouteModule>;
}

/** What a module may export; anything else in it is ignored. */
export interface RouteModule {
  default?: unknown;
  handler?: unknown;
  handlers?: unknown;
}

const ROUTE_FILE = /^(?!.*(?:_test|\.test|\.d)\.tsx?$).*\.tsx?$/;

/** Imports every route file below a folder, by path. Needs read permission for it. */
export async function loadRouteFiles(folder: URL): Promise<RouteFile[]> {
  const paths = await routePaths(folder);
  return await Promise.all(
    paths.map(async (path) => ({
      path,
      module: await import(new URL(path, folder).href) as RouteModule,
    })),
  );
}

/** The paths of the route files below a folder, the nearest match first. */
export async function routePaths(folder: URL): Promise<string[]> {
  const paths: string[] = [];
  await collect(folder, "", paths);
  return paths.sort((a, b) => bySpecificity(patternOf(a), patternOf(b)));
}

async function collect(folder: URL, prefix: string, paths: string[]): Promise<void> {
  for await (const entry of Deno.readDir(new URL(prefix, folder))) {
    const path = prefix + entry.name;
    // In Fresh, folders named "(_something)" contain no routes.
    if (entry.isDirectory && !entry.name.startsWith("(_")) await collect(folder, `${path}/`, paths);
    else if (entry.isFile && ROUTE_FILE.test(entry.name)) paths.push(path);
  }
}

/** The file's name without folder and ending: "_app", "index", "[id]". */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.tsx?$/, "");
}

/** The folder with its slash, "" for the root: "rooms/". */
export function routeFolder(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

/** Whether a file that wraps its folder wraps this route. */
export function wraps(wrapper: string, route: string): boolean {
  return routeFolder(route).startsWith(routeFolder(wrapper));
}

/** Hono's pattern for a route file: "rooms/[id]/index.tsx" is "/rooms/:id". */
export function patternOf(path: string): string {
  const segments = path.replace(/\.tsx?$/, "").split("/")
    .filter((segment) => !/^\(.*\)$/.test(segment))
    .map(segmentPattern);
  if (segments.at(-1) === "index") segments.pop();
  return `/${segments.join("/")}`;
}

function segmentPattern(segment: string): string {
  return segment
    .replace(/^\[\.\.\.(\w+)\]$/, ":$1{.+}")
    .replace(/^\[\[(\w+)\]\]$/, ":$1?")
    .replace(/^\[(\w+)\]$/, ":$1");
}

/** Fixed segments come before parameters, parameters before the rest: the nearest match wins. */
export function bySpecificity(a: string, b: string): number {
  const left = a.split("/").map(segmentRank);
  const right = b.split("/").map(segmentRank);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a < b ? -1 : 1;
}

function segmentRank(segment: string): number {
  if (segment.endsWith("{.+}")) return 2;
  return segment.startsWith(":") ? 1 : 0;
}
