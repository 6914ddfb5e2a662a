/**
 * What the program's parts need of tracing: spans, each below another. Where nobody traces there is
 * no such object, and nothing is done. It knows no library; `opentelemetry.ts` is the one that is
 * used.
 *
 * Attributes hold numbers and short words of our own: never a text, a name, an address or a token.
 */

export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Where something is in a trace. */
export interface TracePlace {
  readonly traceId: string;
}

export interface OpenSpan {
  end(attributes?: Attributes): void;
  /** @param type what kind of error: a code of ours */
  fail(type: string): void;
}

export interface Tracing {
  /**
   * Runs a task in a span that ends with it, below the active one, and fails if the task does.
   * What the task does, also later, finds this span active.
   */
  within<T>(name: string, attributes: Attributes, task: () => Promise<T>): Promise<T>;
  /** The same at the beginning of a trace. */
  beginning<T>(name: string, attributes: Attributes, task: () => Promise<T>): Promise<T>;
  /** Where the caller is; null outside of any trace. */
  here(): TracePlace | null;
  /** Begins a span below a place of before, for work that has left the call in which it was asked. */
  begin(name: string, below: TracePlace, attributes?: Attributes): OpenSpan;
  /** Names the active span, which the runtime began, after the route of its request. */
  nameRequest(method: string, route: string): void;
}

/**
 * The same object, whose methods run in spans where somebody traces the caller.
 * @param nameOf the span's name; null: the call is not traced
 */
export function traceCalls<Target extends object>(
  tracing: Tracing | null,
  target: Target,
  nameOf: (method: string, first: unknown) => string | null,
): Target {
  if (tracing === null) return target;
  const traced = Object.entries(target).map(([method, value]) => {
    if (typeof value !== "function") return [method, value];
    return [method, (...args: unknown[]) => {
      const name = nameOf(method, args[0]);
      const call = () => value.apply(target, args);
      return name === null || tracing.here() === null ? call() : tracing.within(name, {}, call);
    }];
  });
  // The cast: the same methods under the same names.
  return Object.fromEntries(traced) as Target;
}
