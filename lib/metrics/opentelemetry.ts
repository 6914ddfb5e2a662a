/**
 * Tracing by OpenTelemetry, of which the runtime has an exporter inside: `OTEL_DENO=true` turns it
 * on, and the usual `OTEL_…` variables say where spans go. Loaded only then.
 */
import {
  type Context,
  context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import { ConfabError } from "../errors.ts";
import type { Attributes, OpenSpan, TracePlace, Tracing } from "./tracing.ts";

/** A place with what the library knows it by. */
interface KnownTracePlace extends TracePlace {
  readonly context: Context;
}

export function createTracing(version: string): Tracing {
  const tracer = trace.getTracer("confab", version);

  async function run<T>(span: Span, from: Context, task: () => Promise<T>): Promise<T> {
    try {
      return await context.with(trace.setSpan(from, span), task);
    } catch (error) {
      mark(span, error instanceof ConfabError ? error.code : "internal");
      throw error;
    } finally {
      span.end();
    }
  }

  return {
    within(name, attributes, task) {
      const from = context.active();
      return run(tracer.startSpan(name, { attributes }, from), from, task);
    },
    beginning(name, attributes, task) {
      const options = { attributes, kind: SpanKind.SERVER, root: true };
      return run(tracer.startSpan(name, options, ROOT_CONTEXT), ROOT_CONTEXT, task);
    },
    here() {
      const active = context.active();
      const span = trace.getSpan(active);
      if (span === undefined) return null;
      return { traceId: span.spanContext().traceId, context: active } as KnownTracePlace;
    },
    begin(name, below, attributes = {}) {
      // The cast: places come from `here` alone.
      return open(tracer.startSpan(name, { attributes }, (below as KnownTracePlace).context));
    },
    nameRequest(method, route) {
      const span = trace.getActiveSpan();
      span?.updateName(`${method} ${route}`);
      span?.setAttribute("http.route", route);
    },
  };
}

function open(span: Span): OpenSpan {
  return {
    end(attributes: Attributes = {}) {
      span.setAttributes(attributes);
      span.end();
    },
    fail(type) {
      mark(span, type);
      span.end();
    },
  };
}

/** Without the error's message or stack: they are for the log, which has them. */
function mark(span: Span, type: string): void {
  span.setAttribute("error.type", type);
  span.setStatus({ code: SpanStatusCode.ERROR });
}
