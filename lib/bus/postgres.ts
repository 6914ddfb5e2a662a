/**
 * Notices go to the other nodes by PostgreSQL's NOTIFY, where there is no Redis. It knows how
 * much one notification holds, and no connection.
 */
import { type CarriedBus, type Carrier, createCarriedBus, type NoticeLines } from "./carried.ts";

/** A connection that listens on the channel of all nodes. */
export interface NotifyConnection {
  connected(): boolean;
  /** One notification for each payload, in one transaction of its own: after the commit. */
  notify(payloads: string[]): Promise<unknown>;
  /** Sets who hears payloads of all nodes, this one's too. */
  onNotification(listener: (payload: string) => void): void;
  /** As `Bus.onReturn`. */
  onReturn(listener: () => void): () => void;
  close(): void;
}

export interface NotifyBusOptions<Notice> {
  connection: NotifyConnection;
  lines: NoticeLines<Notice>;
  /** Names this node, unlike any other's. */
  node: string;
  /** As `CarriedBusOptions.failed`. */
  failed(error: unknown): void;
}

/** PostgreSQL takes less than 8,000 bytes in one notification. */
const LARGEST_PAYLOAD = 7_900;

/** The connection ends with the bus. */
export function createNotifyBus<Notice>(options: NotifyBusOptions<Notice>): CarriedBus<Notice> {
  const { connection, lines, node, failed } = options;
  const carrier: Carrier = {
    kind: "notify",
    largest: LARGEST_PAYLOAD,
    connected: () => connection.connected(),
    send: (payloads) => connection.notify(payloads),
    hear: (listener) => connection.onNotification(listener),
    onReturn: (listener) => connection.onReturn(listener),
    close() {
      connection.close();
      return Promise.resolve();
    },
  };
  return createCarriedBus({ carrier, lines, node, failed });
}
