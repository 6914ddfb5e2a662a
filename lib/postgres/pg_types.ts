/**
 * What Confab uses of the package `pg`, as types: the package has none of its own, and those that
 * others wrote for it bring Node's globals along. Holds no code.
 */

export interface ClientSettings {
  host: string;
  port: number;
  user: string;
  database: string;
  /** A function is asked during the sign-in, and only if the server wants a password. */
  password: string | (() => string);
  ssl: false | Record<string, unknown>;
  /** "direct": TLS from the first byte. */
  sslnegotiation?: "direct";
  /** Uses SCRAM-SHA-256-PLUS where the server offers it. */
  enableChannelBinding: boolean;
  application_name: string;
  /** Server settings for this session: `-c name=value …`. */
  options?: string;
  keepAlive: boolean;
  connectionTimeoutMillis: number;
  /** For every query, in milliseconds; none if it is left out. */
  query_timeout?: number;
  /** Sends queries before the earlier ones are answered. They are answered in order. */
  pipeline?: boolean;
}

export interface QuerySettings {
  text: string;
  values?: readonly unknown[];
  /** Prepares the statement under this name, once for each connection. */
  name?: string;
  query_timeout?: number;
}

export interface QueryResult<Row> {
  rows: Row[];
  rowCount: number | null;
  /** The first word of what the server says it has done: "COMMIT". */
  command: string;
}

export interface Notification {
  channel: string;
  payload?: string;
}

/** One connection. */
export declare class Client {
  constructor(settings: ClientSettings);
  readonly connection: {
    /** The socket: the only way to leave a server that does not answer. */
    readonly stream: { destroy(reason?: Error): void };
    on(event: "authenticationSASL", listener: (asked: { mechanisms: string[] }) => void): void;
    on(
      event: "authenticationOk" | "authenticationCleartextPassword" | "authenticationMD5Password",
      listener: () => void,
    ): void;
  };
  connect(): Promise<unknown>;
  query<Row>(query: QuerySettings): Promise<QueryResult<Row>>;
  setTypeParser(oid: number, parse: (text: string) => unknown): void;
  on(event: "error", listener: (error: Error) => void): this;
  on(event: "end", listener: () => void): this;
  on(event: "notification", listener: (notification: Notification) => void): this;
  /** Says goodbye and waits until the socket is closed. */
  end(): Promise<void>;
}
