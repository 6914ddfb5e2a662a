/** A collector that keeps the spans that the runtime's exporter sends it (OTLP over HTTP, as JSON). */

export interface SentSpan {
  traceId: string;
  spanId: string;
  /** "" for the first of a trace. */
  parentSpanId: string;
  name: string;
  attributes: Record<string, unknown>;
  /** Milliseconds since the epoch. */
  start: number;
  end: number;
  failed: boolean;
}

/** The part of OTLP's JSON that is read. */
interface Traces {
  resourceSpans?: { scopeSpans?: { spans?: OtlpSpan[] }[] }[];
}

interface OtlpSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes?: { key: string; value: Record<string, unknown> }[];
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  status?: { code?: number };
}

export class OtlpCollector implements AsyncDisposable {
  /** What it got, as it came: whoever looks for a word finds it here. */
  raw = "";
  requests = 0;
  readonly spans: SentSpan[] = [];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #watchers = new Set<() => void>();

  constructor() {
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      async (request) => {
        const text = await request.text();
        this.requests += 1;
        this.raw += text;
        if (request.url.endsWith("/v1/traces")) this.spans.push(...spansIn(JSON.parse(text)));
        for (const look of this.#watchers) look();
        return Response.json({});
      },
    );
  }

  /** What makes a program send here. */
  get environment(): Record<string, string> {
    return {
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${this.#server.addr.port}`,
      OTEL_BSP_SCHEDULE_DELAY: "100",
    };
  }

  /** Waits for a span of this name; fails after ten seconds. */
  span(name: string): Promise<SentSpan> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#watchers.delete(look);
        reject(new Error(`No span "${name}"; there are ${this.spans.map((span) => span.name)}`));
      }, 10_000);
      const look = () => {
        const found = this.spans.find((span) => span.name === name);
        if (found === undefined) return;
        clearTimeout(timer);
        this.#watchers.delete(look);
        resolve(found);
      };
      this.#watchers.add(look);
      look();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

function spansIn(body: Traces): SentSpan[] {
  const scopes = (body.resourceSpans ?? []).flatMap((each) => each.scopeSpans ?? []);
  return scopes.flatMap((scope) => scope.spans ?? []).map((span) => ({
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId ?? "",
    name: span.name,
    attributes: Object.fromEntries(
      (span.attributes ?? []).map(({ key, value }) => [key, Object.values(value)[0]]),
    ),
    start: Number(span.startTimeUnixNano) / 1e6,
    end: Number(span.endTimeUnixNano) / 1e6,
    failed: Number(span.status?.code) === 2,
  }));
}
