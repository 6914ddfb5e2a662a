/**
 * A WebSocket client by hand (RFC 6455), for what well-behaved ones cannot do: stop reading,
 * send half a message, break the rules of framing. It must not know the chat.
 */

/** Opcodes (RFC 6455, section 5.2). */
export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

const FIN = 0x80;
const MASKED = 0x80;
const READ_BYTES = 65_536;
/** The end of a connection without a close frame (section 7.1.5). */
const ABNORMAL = 1006;

export interface FrameOptions {
  /** Whether it is the last frame of its message; true unless told. */
  final?: boolean;
  /** A client must mask (section 5.3); true unless told. */
  masked?: boolean;
  /** RSV1–3, which nobody has agreed on. */
  reserved?: number;
}

/** Encodes one frame. The mask is zero: it protects proxies, of which there is none here. */
export function encodeFrame(
  opcode: number,
  payload: Uint8Array<ArrayBuffer> | string = "",
  { final = true, masked = true, reserved = 0 }: FrameOptions = {},
): Uint8Array<ArrayBuffer> {
  const body = typeof payload === "string" ? new TextEncoder().encode(payload) : payload;
  const { length } = body;
  const extended = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const frame = new Uint8Array(2 + extended + (masked ? 4 : 0) + length);
  const view = new DataView(frame.buffer);
  frame[0] = (final ? FIN : 0) | (reserved << 4) | opcode;
  frame[1] = (masked ? MASKED : 0) | (extended === 0 ? length : extended === 2 ? 126 : 127);
  if (extended === 2) view.setUint16(2, length);
  if (extended === 8) view.setBigUint64(2, BigInt(length));
  frame.set(body, frame.length - length);
  return frame;
}

export interface RawSocketOptions {
  headers?: Record<string, string>;
  /** Sees each text message. */
  onText?(text: string): void;
}

/** A connection that reads only while it is told to. */
export class RawSocket implements Disposable {
  /** Bytes of text messages so far. */
  received = 0;
  readonly #closed = Promise.withResolvers<number>();
  #reading: PromiseWithResolvers<void> | null = null;
  #ended = false;
  #bytes = new Uint8Array(READ_BYTES);
  #filled = 0;
  #message: Uint8Array<ArrayBuffer>[] = [];

  private constructor(
    private readonly connection: Deno.TcpConn,
    private readonly options: RawSocketOptions,
  ) {}

  /** How the server ended it: the code of its close frame, 1006 where there was none. */
  get closed(): Promise<number> {
    return this.#closed.promise;
  }

  /** Opens and upgrades; fails with the status line where the server does not upgrade. */
  static async open(url: string, options: RawSocketOptions = {}): Promise<RawSocket> {
    const { host, port } = new URL(url);
    // "localhost" may be two addresses, and the program listens on one.
    const connection = await Deno.connect({ hostname: "127.0.0.1", port: Number(port) });
    const socket = new RawSocket(connection, options);
    try {
      await socket.#upgrade(host);
    } catch (error) {
      socket[Symbol.dispose]();
      throw error;
    }
    void socket.#read().then(socket.#closed.resolve);
    return socket;
  }

  /** From now on nothing is read: what the server sends fills the system's buffers. */
  pause(): void {
    this.#reading ??= Promise.withResolvers();
  }

  resume(): void {
    this.#reading?.resolve();
    this.#reading = null;
  }

  /** Writes bytes as they are; false where the connection is gone. */
  async write(bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
    try {
      for (let sent = 0; sent < bytes.length;) {
        sent += await this.connection.write(bytes.subarray(sent));
      }
      return true;
    } catch {
      return false; // the server may end it at any time; closed tells how
    }
  }

  send(text: string): Promise<boolean> {
    return this.write(encodeFrame(OPCODE.text, text));
  }

  /** Lets go of the connection, as a process that dies does. */
  [Symbol.dispose](): void {
    this.resume();
    if (this.#ended) return;
    this.#ended = true;
    this.connection.close();
  }

  async #upgrade(host: string): Promise<void> {
    const headers = Object.entries({
      host,
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
      ...this.options.headers,
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    const head = `GET /chat HTTP/1.1\r\n${headers.join("")}\r\n`;
    if (!await this.write(new TextEncoder().encode(head))) throw new Error("The server hung up");
    for (;;) {
      if (!await this.#fill()) throw new Error("The server hung up");
      const text = new TextDecoder("latin1").decode(this.#bytes.subarray(0, this.#filled));
      const end = text.indexOf("\r\n\r\n");
      if (end < 0) continue;
      if (!text.startsWith("HTTP/1.1 101")) throw new Error(text.slice(0, text.indexOf("\r\n")));
      return this.#consume(end + 4);
    }
  }

  async #read(): Promise<number> {
    for (;;) {
      for (let frame = this.#frame(); frame !== null; frame = this.#frame()) {
        if (frame.opcode === OPCODE.close) return this.#end(closeCode(frame.payload));
        this.#take(frame);
      }
      await this.#reading?.promise;
      if (!await this.#fill()) return this.#end(ABNORMAL);
    }
  }

  #end(code: number): number {
    this[Symbol.dispose]();
    return code;
  }

  #take({ opcode, final, payload }: Frame): void {
    if (opcode !== OPCODE.text && opcode !== OPCODE.continuation) return;
    this.#message.push(payload);
    if (!final) return;
    this.received += this.#message.reduce((sum, part) => sum + part.length, 0);
    const decoder = new TextDecoder();
    const text = this.#message.map((part) => decoder.decode(part, { stream: true })).join("");
    this.#message = [];
    this.options.onText?.(text);
  }

  /** The next whole frame of what was read; null where more must be read first. */
  #frame(): Frame | null {
    if (this.#filled < 2) return null;
    const view = new DataView(this.#bytes.buffer, 0, this.#filled);
    const short = this.#bytes[1]! & 0x7f;
    const start = 2 + (short === 126 ? 2 : short === 127 ? 8 : 0);
    if (this.#filled < start) return null;
    const length = short === 126
      ? view.getUint16(2)
      : short === 127
      ? Number(view.getBigUint64(2))
      : short;
    if (this.#filled < start + length) return null;
    const first = this.#bytes[0]!;
    const payload = this.#bytes.slice(start, start + length);
    this.#consume(start + length);
    return { opcode: first & 0x0f, final: (first & FIN) !== 0, payload };
  }

  #consume(count: number): void {
    this.#bytes.copyWithin(0, count, this.#filled);
    this.#filled -= count;
  }

  async #fill(): Promise<boolean> {
    if (this.#bytes.length - this.#filled < READ_BYTES / 2) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes.subarray(0, this.#filled));
      this.#bytes = larger;
    }
    try {
      const count = await this.connection.read(this.#bytes.subarray(this.#filled));
      this.#filled += count ?? 0;
      return count !== null;
    } catch {
      return false; // reset by the server, or closed by us
    }
  }
}

interface Frame {
  opcode: number;
  final: boolean;
  payload: Uint8Array<ArrayBuffer>;
}

function closeCode(payload: Uint8Array<ArrayBuffer>): number {
  return payload.length < 2 ? 1005 : new DataView(payload.buffer).getUint16(0);
}
