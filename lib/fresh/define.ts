/**
 * The shapes of route files (handlers, pages, middlewares), and the helpers that infer their types.
 * Types and identity functions: nothing here runs a request.
 */
import type { ComponentType } from "preact";
import type { Context, PageProps } from "./context.ts";

/** The methods a route file may handle. */
export const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
export type Method = typeof METHODS[number];

/** Data for the page component of the same file, with how to answer it. */
export interface PageResponse<Data> {
  data: Data;
  headers?: HeadersInit | undefined;
  status?: number | undefined;
}

/** Answers with a response, or with data that the file's page component renders. */
export interface HandlerFn<Data, State> {
  (
    ctx: Context<State>,
  ): Response | PageResponse<Data> | Promise<Response | PageResponse<Data>>;
}

export type HandlerByMethod<Data, State> = { [M in Method]?: HandlerFn<Data, State> };

/** One function for every method, or a function for each. */
export type RouteHandler<Data, State> = HandlerFn<Data, State> | HandlerByMethod<Data, State>;

/** Runs before the route: answers itself, or calls `ctx.next()` and may change what comes back. */
export interface Middleware<State> {
  (ctx: Context<State>): Response | Promise<Response>;
}

export interface Define<State> {
  handlers<Data, Handlers extends RouteHandler<Data, State> = RouteHandler<Data, State>>(
    handlers: Handlers,
  ): typeof handlers;
  page<
    // Any data: it is inferred from the handlers just below; `unknown` would refuse them all.
    // deno-lint-ignore no-explicit-any
    Handler extends RouteHandler<any, State> = never,
    Data = Handler extends HandlerFn<infer D, State> ? D
      : Handler extends HandlerByMethod<infer D, State> ? D
      : never,
  >(render: ComponentType<PageProps<Data, State>>): typeof render;
  layout(render: ComponentType<PageProps<unknown, State>>): typeof render;
  middleware<M extends Middleware<State> | Middleware<State>[]>(middleware: M): typeof middleware;
}

/** The helpers for one type of `ctx.state`; call it once and export the result. */
export function createDefine<State>(): Define<State> {
  return {
    handlers: (handlers) => handlers,
    page: (render) => render,
    layout: (render) => render,
    middleware: (middleware) => middleware,
  };
}

/** Passes data to the page component of the same file. */
export function page<Data>(
  data: Data,
  options?: { headers?: HeadersInit; status?: number },
): PageResponse<Data>;
export function page(): PageResponse<undefined>;
export function page<Data>(
  data?: Data,
  options: { headers?: HeadersInit; status?: number } = {},
): PageResponse<Data | undefined> {
  return { data, headers: options.headers, status: options.status };
}
