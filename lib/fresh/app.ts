/**
 * Puts routes on Hono's router and answers by them. It knows no route by name and no error's
 * meaning: what is thrown goes to `onError` at once.
 */
import type { Context as HonoContext } from "hono";
import { Hono } from "hono";
import { TrieRouter } from "hono/router/trie-router";
import { h } from "preact";
import { Context } from "./context.ts";
import { MethodNotAllowed } from "./error.ts";
import type { PageCompression } from "./page_compression.ts";
import { requestPath } from "./request_path.ts";
import { bySpecificity, type LaterRouteFile, type RouteFile } from "./route_files.ts";
import type { Rest } from "./pieces.ts";
import { partition, type Route, routing, unmatched } from "./routes.ts";

/** Renders `_error` inside `_app` for an error; `status` is the response's. */
export type RenderError = (
  error: unknown,
  init: { status: number },
) => Response | Promise<Response>;

export interface FreshOptions<State> {
  /** Those that wrap others are there from the beginning. */
  files: (RouteFile | LaterRouteFile)[];
  compression?: PageCompression;
  /** Where the rendering of a page gives others their turn. */
  rests?: () => Rest;
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
  /** Does now what the first request for a route that is loaded later would wait for. */
  prepare(): void;
}

type Env = { Bindings: Deno.ServeHandlerInfo };

/** Creates the app; fails with one sentence if a route file exports nothing usable. */
export function createFreshApp<State>(options: FreshOptions<State>): FreshApp {
  const { here, later, around } = partition(options.files);
  const routeOf = routing<State>(around);
  const routes = here.map(routeOf);
  // What a start is asked first is at fixed addresses: it need not wait for the router.
  const fixed = new Map(
    routes.filter(({ pattern }) => !pattern.includes(":")).map((route) => [route.pattern, route]),
  );
  let made: Hono<Env> | null = null;
  const router = () =>
    made ??= routerOf([...routes, ...later.map(routeOf)], unmatched<State>(around), options);
  return {
    fetch(req, info) {
      const route = fixed.get(requestPath(req.url));
      const response = route === undefined
        ? router().fetch(req, info)
        : answer({ req, info, params: {} }, route, options);
      return req.method === "HEAD" ? Promise.resolve(response).then(withoutLength) : response;
    },
    prepare: () => void router(),
  };
}

function routerOf<State>(
  routes: Route<State>[],
  nowhere: Route<State>,
  options: FreshOptions<State>,
): Hono<Env> {
  // Not strict: a trailing slash makes no difference. By default Hono tries another router first,
  // whose one expression cannot tell our routes apart: it would be made for nothing.
  const hono = new Hono<Env>({ strict: false, router: new TrieRouter() });
  for (const route of routes.sort((a, b) => bySpecificity(a.pattern, b.pattern))) {
    hono.all(route.pattern, (c) => answer(requestOf(c), route, options));
  }
  hono.notFound((c) => answer(requestOf(c), nowhere, options));
  return hono;
}

interface MatchedRequest {
  req: Request;
  info: Deno.ServeHandlerInfo;
  params: Record<string, string>;
}

function requestOf(c: HonoContext<Env>): MatchedRequest {
  // The cast: Hono types them by a pattern known to it.
  return { req: c.req.raw, info: c.env, params: c.req.param() as Record<string, string> };
}

function answer<State>(
  { req, info, params }: MatchedRequest,
  route: Route<State>,
  options: FreshOptions<State>,
): Promise<Response> {
  const ctx = new Context<State>({
    req,
    info,
    params,
    state: options.state(req, info),
    route: route.name,
    wrappers: route.wrappers,
    compression: options.compression,
    rests: options.rests,
  });
  const response = run(ctx, route, options);
  return req.method === "HEAD" ? response.then(withoutBody) : response;
}

/** Nobody reads it, nor closes what it is read from: a file, or a connection. */
async function withoutBody(response: Response): Promise<Response> {
  if (response.body === null) return response;
  await response.body.cancel();
  return new Response(null, response);
}

/**
 * In the place of no body stands one that ends at once: the length of none would be told as that of
 * what GET answers with (RFC 9110, 8.6).
 */
function withoutLength(response: Response): Response {
  if (response.status !== 200 || response.headers.has("content-length")) return response;
  return new Response(new ReadableStream({ start: (body) => body.close() }), response);
}

/** Runs the chain: `ctx.next` is one function, which knows how far the request has come. */
function run<State>(
  ctx: Context<State>,
  route: Route<State>,
  options: FreshOptions<State>,
): Promise<Response> {
  let at = 0;
  // By a name: written where it is assigned, it would outlive the request (see `still_render.ts`).
  const next = async () => {
    const index = at++;
    try {
      return await route.chain[index]!(ctx); // the last link never calls next()
    } catch (error) {
      return await answerError(error, ctx, route, options);
    } finally {
      at = index;
    }
  };
  ctx.next = next;
  return next();
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
