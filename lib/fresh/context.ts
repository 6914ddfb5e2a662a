/**
 * The context of one request, as Fresh 2 names it. One object goes through every middleware and
 * the handler; only `next` differs between them. It knows views as Preact nodes, and no routing.
 */
import {
  type ComponentChild,
  type ComponentType,
  type FunctionComponent,
  h,
  isValidElement,
} from "preact";
import type { PageCompression } from "./page_compression.ts";
import { PagePieces, PiecesContext, type Rest } from "./pieces.ts";
import { renderStill } from "./still_render.ts";

/** The props of a page, a layout, `_app` and `_error`. */
export interface PageProps<Data = unknown, State = unknown> {
  data: Data;
  url: URL;
  req: Request;
  params: Record<string, string>;
  info: Deno.ServeHandlerInfo;
  state: State;
  error: unknown;
  /** For `_app` and `_layout`: what they wrap. */
  Component: FunctionComponent;
}

/** The components around a page, outermost first. */
export type Wrappers<State> = ComponentType<PageProps<unknown, State>>[];

export interface ContextInit<State> {
  req: Request;
  info: Deno.ServeHandlerInfo;
  params: Record<string, string>;
  state: State;
  route: string | null;
  wrappers: Wrappers<State>;
  /** Of large pages. */
  compression?: PageCompression | undefined;
  /** For each page. */
  rests?: (() => Rest) | undefined;
}

export class Context<State> {
  readonly req: Request;
  readonly params: Record<string, string>;
  readonly info: Deno.ServeHandlerInfo;
  readonly state: State;
  /** The matching pattern ("/rooms/:id"), for logs and metrics; `null` if none matched. */
  readonly route: string | null;
  /** What was thrown, while its error page renders. */
  error: unknown = null;
  /** Runs what comes after this middleware. Never rejects: errors arrive as responses. */
  next: () => Promise<Response> = () =>
    Promise.reject(new Error("ctx.next() was called outside of a middleware."));
  readonly #wrappers: Wrappers<State>;
  readonly #compression: PageCompression | undefined;
  readonly #rests: (() => Rest) | undefined;
  /** Parsed when somebody looks at it. */
  #url: URL | null = null;

  constructor(init: ContextInit<State>) {
    this.req = init.req;
    this.params = init.params;
    this.info = init.info;
    this.state = init.state;
    this.route = init.route;
    this.#wrappers = init.wrappers;
    this.#compression = init.compression;
    this.#rests = init.rests;
  }

  /** As the connection saw it: behind a proxy, scheme and host are those of the last hop. */
  get url(): URL {
    return this.#url ??= new URL(this.req.url);
  }

  /**
   * Redirects to a path of this site, or to a full URL (anything else is a TypeError). Repeated
   * slashes and backslashes in a path are merged, so a path from a request ("//evil.example",
   * "/\evil.example") cannot lead to another host.
   */
  redirect(pathOrUrl: string, status = 302): Response {
    const location = /^[\\/]/.test(pathOrUrl) ? pathOfThisSite(pathOrUrl) : new URL(pathOrUrl).href;
    return new Response(null, { status, headers: { location } });
  }

  /** Renders a node inside the layouts and `_app` into an HTML response. */
  async render(vnode: ComponentChild, init: ResponseInit = {}): Promise<Response> {
    if (!isValidElement(vnode)) throw new TypeError("ctx.render() needs a JSX element.");
    const wrapped = this.#wrappers.reduceRight<ComponentChild>(
      (child, wrapper) => h(wrapper, this.props<unknown>(null, child)),
      vnode,
    );
    const pieces = new PagePieces();
    const html = renderStill(h(PiecesContext.Provider, { value: pieces }, wrapped));
    const headers = new Headers(init.headers);
    headers.set("content-type", "text/html; charset=utf-8");
    if (this.#rests !== undefined) await pieces.make(this.#rests());
    const page = pieces.join(`<!DOCTYPE html>${html}`);
    const compressed = this.#compression?.compress(page, this.req) ?? null;
    if (compressed !== null) headers.set("content-encoding", compressed.coding);
    headers.append("vary", "accept-encoding");
    return new Response(compressed?.bytes ?? page, { ...init, headers });
  }

  /** The props of a route file's component. */
  props<Data>(data: Data, child?: ComponentChild): PageProps<Data, State> {
    const { url, req, params, info, state, error } = this;
    return { data, url, req, params, info, state, error, Component: () => child ?? null };
  }
}

export type FreshContext<State = unknown> = Context<State>;

/**
 * In ASCII, as a header must be. Tabs and line breaks are removed first: a URL parser skips them.
 */
function pathOfThisSite(path: string): string {
  const folded = path.replaceAll(/[\t\r\n]/g, "")
    .replace(/^[^?#]*/, (path) => path.replaceAll(/[\\/]+/g, "/"));
  const { pathname, search, hash } = new URL(folded, "http://this-site.invalid");
  return pathname + search + hash;
}
