/** `/chat`: the socket. Checks its origin and who opens it, upgrades it, hands it to the hub. */
import { addressBlock } from "../lib/auth/address.ts";
import { mayUpgrade } from "../lib/auth/origin.ts";
import { ConfabError } from "../lib/errors.ts";
import { type Claim, originFacts, speaksForOther } from "../lib/http/session.ts";
import { type Ctx, define } from "../lib/http/state.ts";
import { adoptWebSocket } from "../lib/hub/sockets/client_socket.ts";
import type { Caller } from "../lib/auth/auth.ts";

/**
 * Turns off the runtime's own watch for silent peers. The hub's own sees more
 * (`lib/hub/sockets/keepalive.ts`), and one timer for each socket, reset by each message, doubled
 * the cost of idle connections.
 */
const IDLE_TIMEOUT = 0;

export const handler = define.handlers({
  GET(ctx) {
    if (!isHandshake(ctx.req)) {
      throw new ConfabError("bad_request", "This address speaks WebSocket, version 13, only.");
    }
    const identified = identify(ctx);
    const { socket, response } = Deno.upgradeWebSocket(ctx.req, { idleTimeout: IDLE_TIMEOUT });
    ctx.state.services.hub.adopt((handlers) => adoptWebSocket(socket, handlers), {
      address: ctx.state.address,
      network: addressBlock(ctx.state.address),
      ...identified,
    });
    return response;
  },
});

/** Requests on which the runtime would fail as if the fault were ours (RFC 6455, section 4.2.1). */
function isHandshake({ method, headers }: Request): boolean {
  const connection = headers.get("connection")?.toLowerCase().split(",") ?? [];
  return method === "GET" && headers.get("upgrade")?.toLowerCase() === "websocket" &&
    connection.some((option) => option.trim() === "upgrade") &&
    headers.get("sec-websocket-version") === "13" &&
    // Sixteen bytes in Base64.
    /^[A-Za-z0-9+/]{22}==$/.test(headers.get("sec-websocket-key") ?? "");
}

interface Identified {
  /** `undefined`: nothing was sent; `null`: what was sent is invalid. */
  caller: Caller | null | undefined;
  /** Why it is invalid: a `SessionEnd`, or a sentence for a person who debugs it. */
  refusal?: string | undefined;
}

/** Returns why to close the socket once it is open: a browser's script sees no other answer. */
function identify(ctx: Ctx): Identified {
  const { from, caller, ended, services } = ctx.state;
  const cookie = from === "cookie";
  if (!mayUpgrade({ ...originFacts(ctx), cookie }, services.site)) {
    throw new ConfabError("forbidden", "The connection comes from another site.");
  }
  const claim = claimOf(ctx);
  // A page sends its session as a cookie, or has none any more: no token will follow.
  const isPage = claim.session !== null && claim.instance !== null;
  if (from === "nothing") return { caller: isPage ? null : undefined };
  return caller !== null && speaksForOther(ctx, caller, claim)
    ? { caller: null, refusal: "other session" }
    : { caller, refusal: ended?.reason };
}

/** A browser's WebSocket cannot set headers: a page names its session in the address. */
function claimOf({ url: { searchParams } }: Ctx): Claim {
  return { session: searchParams.get("session"), instance: searchParams.get("instance") };
}
