/**
 * Who may read `/metrics` on the main port. It says how busy the place is, and nothing about
 * anybody; still it is for whoever runs it. It must not know what is on the page.
 *
 * `local` must not be fooled: nothing that a client can add makes a request local, neither an
 * address in a header nor a trusted proxy. A proxy on the same machine, through which the world
 * comes, betrays itself by the headers that proxies add, or by the host that was asked for.
 */
import type { MetricsDoor } from "../program/config/values.ts";

export interface ScrapeFacts {
  /** The connection's own peer; `null` if it has none (a Unix socket). */
  peer: string | null;
  headers: Headers;
}

/** Headers that only a request has which somebody else has passed on. */
const PASSED_ON = new RegExp(
  "^(forwarded|via|x-forwarded.*|x-original.*|x-real-ip|x-envoy-.*|x-amzn-.*|.*client-?ip|" +
    ".*connecting-ip|cf-.*|x-proxy.*|x-scheme|x-request-start)$",
);
/** This machine's own addresses, as the runtime writes them. */
const OWN_ADDRESS =
  /^(127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3}|::ffff:7f[\da-f]{2}:[\da-f]{1,4})$/i;
const OWN_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

export function mayScrape(door: MetricsDoor, facts: ScrapeFacts): boolean {
  if (door.at === "open") return true;
  return door.at === "local" && isLocal(facts);
}

function isLocal({ peer, headers }: ScrapeFacts): boolean {
  const host = headers.get("host") ?? "";
  const origin = headers.get("origin");
  return peer !== null && OWN_ADDRESS.test(peer) &&
    // A page elsewhere whose name was made to lead here (DNS rebinding) asks for its own name.
    OWN_HOST.test(host) && (origin === null || URL.parse(origin)?.host === host) &&
    headers.get("sec-fetch-site") !== "cross-site" &&
    // nginx as it is without a word of configuration: no header of its own, our name as Host.
    headers.get("connection")?.toLowerCase() !== "close" &&
    ![...headers.keys()].some((name) => PASSED_ON.test(name));
}
