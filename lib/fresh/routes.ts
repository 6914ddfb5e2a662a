/**
 * Makes routes of route files: the chain of the middlewares of its folders, outermost first, with
 * the file's handler or page at its end. It knows no router.
 */
import type { ComponentType } from "preact";
import { h } from "preact";
import type { PageProps, Wrappers } from "./context.ts";
import type { HandlerFn, Middleware, RouteHandler } from "./define.ts";
import { METHODS } from "./define.ts";
import { HttpError, MethodNotAllowed } from "./error.ts";
import {
  baseName,
  type LaterRouteFile,
  patternOf,
  type RouteFile,
  routeFolder,
  wraps,
} from "./route_files.ts";

type Component<State> = ComponentType<PageProps<unknown, State>>;

/** What answers at a pattern, and what wraps it. */
export interface Route<State> {
  pattern: string;
  name: string | null;
  wrappers: Wrappers<State>;
  errorPage: Component<State> | null;
  chain: Middleware<State>[];
}

/** Those that answer, at once or once they are loaded, and those that wrap others. */
export function partition(files: (RouteFile | LaterRouteFile)[]) {
  const [here, later, around]: [RouteFile[], LaterRouteFile[], RouteFile[]] = [[], [], []];
  for (const file of files) {
    if ("load" in file) later.push(file);
    else if (baseName(file.path).startsWith("_")) around.push(file);
    else here.push(file);
  }
  return { here, later, around };
}

/** Makes routes of files: all files of a folder are wrapped alike. */
export function routing<State>(around: RouteFile[]) {
  const wrapped = new Map<string, Surroundings<State>>();
  return (file: RouteFile | LaterRouteFile): Route<State> => {
    const pattern = patternOf(file.path);
    const folder = routeFolder(file.path);
    let found = wrapped.get(folder);
    if (found === undefined) wrapped.set(folder, found = surroundings<State>(file.path, around));
    const { middlewares, ...rest } = found;
    return { ...rest, pattern, name: pattern, chain: [...middlewares, endpointOf<State>(file)] };
  };
}

/** Answers when no route matches: the root's middlewares, then 404. */
export function unmatched<State>(around: RouteFile[]): Route<State> {
  const end: Middleware<State> = () => {
    throw new HttpError(404, "There is no such page.");
  };
  const { middlewares, ...rest } = surroundings<State>("", around);
  return { ...rest, pattern: "*", name: null, chain: [...middlewares, end] };
}

// Modules are imported by path, so their types are lost; `componentOf`, `middlewaresOf` and
// `endpoint` look at what is there, and the casts say what only `define.*` can have checked.

interface Surroundings<State> extends Pick<Route<State>, "wrappers" | "errorPage"> {
  middlewares: Middleware<State>[];
}

function surroundings<State>(path: string, around: RouteFile[]): Surroundings<State> {
  const called = (name: string): Component<State>[] =>
    around
      .filter((file) => baseName(file.path) === name && wraps(file.path, path))
      .sort((a, b) => a.path.length - b.path.length)
      .map((file) => componentOf<State>(file));
  return {
    wrappers: [...called("_app"), ...called("_layout")],
    errorPage: called("_error").at(-1) ?? null,
    middlewares: middlewaresOf<State>(path, around),
  };
}

function componentOf<State>({ path, module }: RouteFile): Component<State> {
  const component = module.default;
  if (typeof component === "function") return component as Component<State>;
  throw new TypeError(`routes/${path} has no component as its default export.`);
}

function middlewaresOf<State>(path: string, around: RouteFile[]): Middleware<State>[] {
  return around
    .filter((file) => baseName(file.path) === "_middleware" && wraps(file.path, path))
    .sort((a, b) => a.path.length - b.path.length)
    .flatMap((file) => {
      const found = [file.module.default ?? file.module.handler].flat();
      if (found.every((each) => typeof each === "function")) return found as Middleware<State>[];
      throw new TypeError(`routes/${file.path} has no middleware as its default export.`);
    });
}

function endpointOf<State>(file: RouteFile | LaterRouteFile): Middleware<State> {
  if ("module" in file) return endpoint<State>(file);
  const { path, load } = file;
  let loaded: Middleware<State> | null = null;
  return async (ctx) => {
    loaded ??= endpoint<State>({ path, module: await load() });
    return await loaded(ctx);
  };
}

function endpoint<State>(file: RouteFile): Middleware<State> {
  const component = file.module.default === undefined ? null : componentOf<State>(file);
  const handler = (file.module.handler ?? file.module.handlers ?? null) as
    | RouteHandler<unknown, State>
    | null;
  if (component === null && handler === null) {
    throw new TypeError(`routes/${file.path} exports neither a handler nor a page.`);
  }
  const handlerFor = handlersOf(handler);
  return async (ctx) => {
    const result = await handlerFor(ctx.req.method)(ctx);
    if (result instanceof Response) return result;
    if (component === null) {
      throw new TypeError(`routes/${file.path} answers with data, but exports no page.`);
    }
    const { data, status, headers } = result;
    const init: ResponseInit = { status: status ?? 200 };
    if (headers !== undefined) init.headers = headers;
    return ctx.render(h(component, ctx.props(data)), init);
  };
}

function handlersOf<State>(
  handler: RouteHandler<unknown, State> | null,
): (method: string) => HandlerFn<unknown, State> {
  if (typeof handler === "function") return () => handler;
  const allowed = new Map<string, HandlerFn<unknown, State>>(
    METHODS.flatMap((name) => handler?.[name] === undefined ? [] : [[name, handler[name]]]),
  );
  // A page without a handler for GET is shown as it is; HEAD is GET without its body.
  if (handler === null) allowed.set("GET", () => ({ data: undefined }));
  const get = allowed.get("GET");
  if (get !== undefined && !allowed.has("HEAD")) allowed.set("HEAD", get);
  return (method) => {
    const found = allowed.get(method);
    if (found === undefined) throw new MethodNotAllowed([...allowed.keys()].join(", "));
    return found;
  };
}
