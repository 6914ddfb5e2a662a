/**
 * Checks a request before anything reads its URL. The runtime makes the URL by putting `Host` in
 * front of the request's target, unchecked: "Host: h/healthz?" would lead to another route, and an
 * invalid host makes the URL impossible to parse. It knows no route.
 */
import { ConfabError } from "../errors.ts";
import { problemAnswer } from "./answer.ts";
import { secureHeaders } from "./security.ts";

/** A name of 253 characters (RFC 1035), a colon and a port. */
const HOST_LENGTH = 259;
/** A name or an IPv4 address, or an IPv6 address in brackets; a port. Underscores: containers have them. */
const HOST_FORM = /^(?:[A-Za-z0-9._-]+|\[[\dA-Fa-f:.]+\])(?::(\d{0,5}))?$/;
const PORT_LIMIT = 65_535;

/**
 * The answer to a request whose URL must not be used, or `null`: `Host` must be present, name a
 * host, and match the URL (a target with a host of its own, "GET http://other/", is for proxies).
 * HTTP/2 without TLS sends no `Host`: no browser speaks it, and its many streams in one connection
 * would only multiply what a stranger may ask for.
 */
export function refuseBadAddress(request: Request): Response | null {
  const host = hostOf(request);
  if (host === null) return refusal("The request names no host (the Host header).");
  if (!isHost(host)) return refusal("The Host header is not a host.");
  // Compared as text: it has not been parsed yet.
  if (!/^https?:\/\//.test(request.url) || !pathAfter(request.url, host)) {
    return refusal("The request's target is not a path of this site.");
  }
  return null;
}

/**
 * The host that a request names, unchecked. Over TLS browsers speak HTTP/2, which names it outside
 * the headers (`:authority`); the runtime puts that into the URL.
 */
export function hostOf({ url, headers }: Request): string | null {
  const host = headers.get("host");
  return host === null && url.startsWith("https://") ? url.split("/", 3)[2] ?? null : host;
}

function isHost(host: string): boolean {
  if (host.length > HOST_LENGTH) return false;
  const form = HOST_FORM.exec(host);
  return form !== null && Number(form[1] ?? 0) <= PORT_LIMIT && URL.canParse(`http://${host}/`);
}

function pathAfter(url: string, host: string): boolean {
  const start = url.indexOf("//") + 2;
  return url.startsWith(`${host}/`, start);
}

function refusal(sentence: string): Response {
  const response = problemAnswer(new ConfabError("bad_request", sentence));
  secureHeaders(response.headers, false);
  return response;
}
