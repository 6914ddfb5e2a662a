/** Finds out whether somebody traces this program, and loads what that needs only then. */
import type { Tracing } from "./tracing.ts";

/** Where the runtime, or another SDK, puts what it exports through (OpenTelemetry's API, 1.x). */
const REGISTERED = Symbol.for("opentelemetry.js.api.1");

/** Null where nobody does. Asking needs no permission, unlike asking for `OTEL_DENO`. */
export async function loadTracing(version: string): Promise<Tracing | null> {
  if (!(REGISTERED in globalThis)) return null;
  const { createTracing } = await import("./opentelemetry.ts");
  return createTracing(version);
}
