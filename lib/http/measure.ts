/** Counts each request, and how long those took that reached a route. It knows no address. */
import { METHODS } from "../fresh/define.ts";
import { countRequest, type HttpCounts, timeRequest } from "../metrics/counts.ts";
import { codeOf } from "./errors.ts";
import { define } from "./state.ts";

/** Whatever a client invents becomes one label. */
function methodLabel(method: string): string {
  return (METHODS as readonly string[]).includes(method) ? method : "other";
}

export const measure = define.middleware(async (ctx) => {
  const { counts, ticks, tracing } = ctx.state.services.metrics;
  const [method, route] = [methodLabel(ctx.req.method), ctx.route ?? "none"];
  tracing?.nameRequest(method, route);
  const startedAt = ticks();
  const response = await ctx.next();
  countRequest(counts, { method, route, status: response.status });
  timeRequest(counts, route, ticks() - startedAt);
  return response;
});

/** Counts an answer that no route gave, and passes it on; nothing if there is none. */
export function countUnrouted<Answer extends Response | Promise<Response> | null>(
  counts: HttpCounts,
  route: "refused" | "static",
  request: Request,
  answer: Answer,
): Answer {
  if (answer === null) return answer;
  const method = methodLabel(request.method);
  // A file that cannot be read fails its request, not the count.
  void Promise.resolve(answer).then(
    ({ status }) => countRequest(counts, { method, route, status }),
    () => {},
  );
  return answer;
}

export function countError(counts: HttpCounts, error: unknown): void {
  counts.errors.add(codeOf(error));
}
