/**
 * Puts route files on Hono's router: one handler per route, wrapped in the middlewares of its
 * folders, outermost first. It knows no route by name and no error's meaning: what is thrown goes
 * to `onError` at once.
 */
import type { Context as HonoContext } from "hono";
import { Hono } from "hono";
import { TrieRouter } from "hono/router/trie-router";
import { type ComponentType, h } from "preact";
import { Context, type PageProps, type Wrappers } from "./context.ts";
import type { HandlerFn, Middleware, RouteHandler } from "./define.ts";
import { METHODS } from "./define.ts";
import { HttpError, MethodNotAllowed } from "./error.ts";
import {
  baseName,
  bySpecificity,
  folderOf,
  type LaterRouteFile,
  patternOf,
  type RouteFile,
  wraps,
} from "./route_files.ts";

/** Renders `_error` inside `_app` for an error; `status` is the response's. */
export type RenderError = (error: unknown, init: { status: number }) => Response;

export interface FreshOptions<State> {
  /** Those that wrap others are there from the beginning. */
  files: (RouteFile | LaterRouteFile)[];
  /** The initial state of a request. */
  state(req: Request, info: Deno.ServeHandlerInfo): State;
  /**
   * Turns anything thrown into a response; must not throw. `HttpError` 404 and 405 come here too.
   */
  onError(
    error: unknown,
    ctx: Context<State>,
    renderError: RenderError,
  ): Response | Promise<Response>;
}

export interface FreshApp {
  fetch(req: Request, info: Deno.ServeHandlerInfo): Response | Promise<Response>;
}

type Component<State> = ComponentType<PageProps<unknown, State>>;
type Env = { Bindings: Deno.ServeHandlerInfo };

/** Creates the app; fails with one sentence if a route file exports nothing usable. */
export function createFreshApp<State>(options: FreshOptions<State>): FreshApp {
  // Not strict: a trailing slash makes no difference. By default Hono tries another router first,
  // whose one expression cannot tell our routes apart: it would be made for nothing.
  const hono = new Hono<Env>({ strict: false, router: new TrieRouter() });
  const { endpoints, around } = partition(options.files);
  for (const route of routesOf<State>(endpoints, around)) {
    hono.all(route.pattern, (c) => answer(c, route, options));
  }
  const nowhere = unmatched<State>(around);
  hono.notFound((c) => answer(c, nowhere, options));
  return { fetch: (req, info) => hono.fetch(req, info) };
}

interface Route<State> {
  pattern: string;
  name: string | null;
  wrappers: Wrappers<State>;
  errorPage: Component<State> | null;
  chain: Middleware<State>[];
}

/** Those that answer, and those that wrap others. */
function partition(files: (RouteFile | LaterRouteFile)[]) {
  const isAround = (file: RouteFile | LaterRouteFile): file is RouteFile =>
    baseName(file.path).startsWith("_") && "module" in file;
  return { endpoints: files.filter((file) => !isAround(file)), around: files.filter(isAround) };
}

function routesOf<State>(
  endpoints: (RouteFile | LaterRouteFile)[],
  around: RouteFile[],
): Route<State>[] {
  // All files of a folder are wrapped alike.
  const wrapped = new Map<string, Surroundings<State>>();
  const routeOf = (file: RouteFile | LaterRouteFile): Route<State> => {
    const pattern = patternOf(file.path);
    const folder = folderOf(file.path);
    let found = wrapped.get(folder);
    if (found === undefined) wrapped.set(folder, found = surroundings<State>(file.path, around));
    const { middlewares, ...rest } = found;
    return { ...rest, pattern, name: pattern, chain: [...middlewares, endpointOf<State>(file)] };
  };
  return endpoints.map(routeOf).sort((a, b) => bySpecificity(a.pattern, b.pattern));
}

/** Answers when no route matches: the root's middlewares, then 404. */
function unmatched<State>(around: RouteFile[]): Route<State> {
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
  return async (ctx) => {
    const result = await handlerFor(handler, ctx.req.method)(ctx);
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

function handlerFor<State>(
  handler: RouteHandler<unknown, State> | null,
  method: string,
): HandlerFn<unknown, State> {
  if (typeof handler === "function") return handler;
  const allowed = new Map(
    METHODS.flatMap((name) => handler?.[name] === undefined ? [] : [[name, handler[name]]]),
  );
  // A page without a handler for GET is shown as it is; HEAD is GET without its body.
  if (handler === null) allowed.set("GET", () => ({ data: undefined }));
  const get = allowed.get("GET");
  if (get !== undefined && !allowed.has("HEAD")) allowed.set("HEAD", get);
  const found = METHODS.find((name) => name === method);
  const run = found === undefined ? undefined : allowed.get(found);
  if (run === undefined) throw new MethodNotAllowed([...allowed.keys()].join(", "));
  return run;
}

async function answer<State>(
  c: HonoContext<Env>,
  route: Route<State>,
  options: FreshOptions<State>,
): Promise<Response> {
  const req = c.req.raw;
  const ctx = new Context<State>({
    req,
    info: c.env,
    params: c.req.param() as Record<string, string>, // Hono types it by a pattern known to it
    state: options.state(req, c.env),
    route: route.name,
    wrappers: route.wrappers,
  });
  const response = await runFrom(0, ctx, route, options);
  return req.method === "HEAD" ? await withoutBody(response) : response;
}

/** Nobody reads it, nor closes what it is read from: a file, or a connection. */
async function withoutBody(response: Response): Promise<Response> {
  if (response.body === null) return response;
  await response.body.cancel();
  return new Response(null, response);
}

async function runFrom<State>(
  index: number,
  ctx: Context<State>,
  route: Route<State>,
  options: FreshOptions<State>,
): Promise<Response> {
  const link = route.chain[index]!; // the last link never calls next()
  const next = ctx.next;
  ctx.next = () => runFrom(index + 1, ctx, route, options);
  try {
    return await link(ctx);
  } catch (error) {
    return await answerError(error, ctx, route, options);
  } finally {
    ctx.next = next;
  }
}

async function answerError<State>(
  error: unknown,
  ctx: Context<State>,
  route: Route<State>,
  options: FreshOptions<State>,
): Promise<Response> {
  const renderError: RenderError = (shown, init) => {
    if (route.errorPage === null) {
      return new Response(`Error ${init.status}`, { status: init.status });
    }
    ctx.error = shown;
    return ctx.render(h(route.errorPage, ctx.props<unknown>(null)), init);
  };
  const response = await options.onError(error, ctx, renderError);
  if (error instanceof MethodNotAllowed) response.headers.set("allow", error.allow);
  return response;
}
