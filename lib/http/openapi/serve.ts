/**
 * Serves the description of the HTTP interface. It is made once, on the first request: that
 * takes a tenth of a second, and startup should not load what it needs.
 */
import { atFirstUse } from "../../protocol/first_use.ts";

interface Description {
  text: string;
  etag: string;
}

const description = atFirstUse(async (): Promise<Description> => {
  const { createDocument } = await import("./document.ts");
  const text = JSON.stringify(await createDocument());
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const etag = new Uint8Array(digest).toBase64({ alphabet: "base64url" }).slice(0, 22);
  return { text, etag: `"${etag}"` };
});

/** Anybody may read it: it says nothing the source does not. The runtime compresses it. */
export async function describe(request: Request): Promise<Response> {
  const { text, etag } = await description();
  const headers = { "content-type": "application/json", "cache-control": "no-cache", etag };
  // Compressing an answer makes its tag weak, so `W/` is ignored.
  const known = (request.headers.get("if-none-match") ?? "").split(",")
    .some((tag) => tag.trim().replace(/^W\//, "") === etag);
  return known ? new Response(null, { status: 304, headers }) : new Response(text, { headers });
}
