/**
 * The way in: a socket becomes a connection, is counted, and is either tied to a session or
 * refused. It knows no rooms.
 */
import type { Caller } from "../auth/caller.ts";
import type { EventLoop } from "../event_loop.ts";
import { CLOSE } from "../protocol/codes.ts";
import type { Arrival } from "./arrival.ts";
import { FrameHandler, type FrameHandlerOptions } from "./frame_handler.ts";
import type { Admission } from "./sockets/admission.ts";
import { type ClientPlace, Connection } from "./sockets/connection.ts";
import type { Connections } from "./sockets/connections.ts";
import type { ClientSocket, ClientSocketHandlers } from "./sockets/client_socket.ts";
import type { Strangers } from "./sockets/strangers.ts";

/**
 * How long a socket that is stuck counts for its network, ms: as long as Linux at its usual settings
 * waits for a peer that has gone. One that is there and reads nothing may hold it for ever; without
 * this, whoever has an account could open such sockets until there are no file descriptors left.
 */
export const STUCK_MS = 15 * 60_000;

/** Opens a socket that reports to these handlers. */
export type OpenSocket = (handlers: ClientSocketHandlers) => ClientSocket;

export interface NewClient extends ClientPlace {
  /**
   * From the upgrade's cookie or header; `null`: those were invalid; `undefined`: none were sent,
   * so the first frame must bring a token.
   */
  caller: Caller | null | undefined;
  /** Why it is invalid, for the close frame. */
  refusal?: string | undefined;
}

export interface EntranceOptions {
  connections: Connections;
  admission: Admission;
  strangers: Strangers;
  arrival: Arrival;
  /** The same for every connection. */
  handling: FrameHandlerOptions;
  requestFlush(connection: Connection): void;
  loop: Pick<EventLoop, "now" | "after">;
}

export class Entrance {
  constructor(private readonly options: EntranceOptions) {}

  /** Takes a new socket. */
  adopt(open: OpenSocket, client: NewClient): void {
    const { connections, admission, handling, requestFlush, loop } = this.options;
    const { counts } = handling;
    const socket = open({
      opened: () => this.#opened(connection, handler, client),
      received: (text) => handler.receive(text),
      closed: () => {
        connections.ended(connection);
        // Only now: a peer that was told to close and has not still holds memory and a file
        // descriptor.
        if (socket.stuck) loop.after(STUCK_MS, () => admission.leave(connection));
        else admission.leave(connection);
      },
    });
    const { address, network } = client;
    const place = { address, network };
    const connection = new Connection(place, socket, requestFlush, loop.now(), counts);
    const handler = new FrameHandler(connection, handling);
  }

  #opened(
    connection: Connection,
    handler: FrameHandler,
    { caller, refusal = "not authenticated" }: NewClient,
  ): void {
    const { connections, admission, strangers, arrival } = this.options;
    connections.add(connection);
    this.options.handling.counts.opened += 1;
    if (connections.closing) {
      return connections.drop(connection, CLOSE.restarting, "the server is going down");
    }
    if (!admission.admitNetwork(connection, Boolean(caller))) {
      return connections.drop(
        connection,
        CLOSE.tooMany,
        "too many connections from this address",
      );
    }
    if (caller === null) return connections.drop(connection, CLOSE.unauthenticated, refusal);
    if (caller === undefined) strangers.add(connection);
    else void arrival.load(connection, handler, caller);
  }
}
