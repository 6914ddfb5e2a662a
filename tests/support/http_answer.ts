/** What the engine's `fetch` gets, where a test answers it. */
import type { HttpAnswer } from "../../lib/client/environment.ts";

export function httpAnswer(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): HttpAnswer {
  return {
    ok: status < 400,
    status,
    headers: new Headers(headers),
    json: () => Promise.resolve(body),
  };
}
