/**
 * What `routes/` imports as "fresh": the parts of Fresh 2's public interface that Confab uses, over
 * Hono's router. Names and shapes are Fresh's own, so that moving to it touches this folder and
 * the wiring in `lib/app.ts`, never a route. It knows nothing of Confab.
 *
 * One thing differs from Fresh: `ctx.next()` never rejects. What a handler throws is turned into
 * a response where it was thrown, so that a middleware which adds headers adds them to errors too.
 */
export { createDefine, type Define } from "./define.ts";
export type {
  HandlerByMethod,
  HandlerFn,
  Method,
  Middleware,
  PageResponse,
  RouteHandler,
} from "./define.ts";
export { page } from "./define.ts";
export { Context, type FreshContext, type PageProps } from "./context.ts";
export { PiecesContext } from "./pieces.ts";
export { renderStill } from "./still_render.ts";
export { HttpError } from "./error.ts";
