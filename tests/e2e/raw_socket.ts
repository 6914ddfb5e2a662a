/**
 * A WebSocket by hand (RFC 6455), for what no library sends: fragments, bad UTF-8, endless
 * messages. It reads no more than the code of the close frame.
 */
const HEADER_END = "\r\n\r\n";

/** What a frame holds (RFC 6455, section 5.2). */
export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9 } as const;

export class RawSocket implements Disposable {
  private constructor(private readonly connection: Deno.TcpConn) {}

  static async connect(url: string, headers: Record<string, string>): Promise<RawSocket> {
    const { hostname, port } = new URL(url);
    const connection = await Deno.connect({ hostname, port: Number(port) });
    const lines = [
      "GET /chat HTTP/1.1",
      `Host: ${hostname}:${port}`,
      "Upgrade: websocket",
      "Connection: Upgrade",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ];
    const socket = new RawSocket(connection);
    await socket.write(new TextEncoder().encode(lines.join("\r\n") + HEADER_END));
    return socket;
  }

  /** Sends one frame; `final: false` says that its message goes on in the next. */
  send(opcode: number, payload: string | Uint8Array, final = true): Promise<void> {
    const bytes = typeof payload === "string" ? new TextEncoder().encode(payload) : payload;
    const length = bytes.length < 126
      ? [bytes.length | 0x80]
      : bytes.length < 65_536
      ? [126 | 0x80, bytes.length >> 8, bytes.length & 255]
      : [127 | 0x80, 0, 0, 0, 0, ...[24, 16, 8, 0].map((bits) => (bytes.length >>> bits) & 255)];
    // Masked with zeros: a client must mask, and zeros leave the bytes as they are.
    const head = [(final ? 0x80 : 0) | opcode, ...length, 0, 0, 0, 0];
    const frame = new Uint8Array(head.length + bytes.length);
    frame.set(head);
    frame.set(bytes, head.length);
    return this.write(frame);
  }

  /** Reads to the end: the code of the last close frame, or null where there was none. */
  async closeCode(): Promise<number | null> {
    let bytes = new Uint8Array(0);
    const buffer = new Uint8Array(65_536);
    try {
      for (let count; (count = await this.connection.read(buffer)) !== null;) {
        bytes = new Uint8Array([...bytes, ...buffer.subarray(0, count)]);
        const code = closeCodeIn(bytes);
        if (code !== null) return code;
      }
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    return closeCodeIn(bytes);
  }

  [Symbol.dispose](): void {
    this.connection.close();
  }

  private async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) at += await this.connection.write(bytes.subarray(at));
  }
}

/** Whether the other end has ended the connection, which it may do at any time. */
export function isGone(error: unknown): boolean {
  return error instanceof Deno.errors.ConnectionReset || error instanceof Deno.errors.BrokenPipe;
}

/** Walks over the server's frames, which are not masked, to a close frame. */
function closeCodeIn(bytes: Uint8Array): number | null {
  let at = new TextDecoder("latin1").decode(bytes).indexOf(HEADER_END) + HEADER_END.length;
  while (at >= HEADER_END.length && at + 2 <= bytes.length) {
    const opcode = bytes[at]! & 15;
    let length = bytes[at + 1]! & 127;
    let start = at + 2;
    if (length === 126) {
      length = (bytes[at + 2]! << 8) | bytes[at + 3]!;
      start = at + 4;
    } else if (length === 127) {
      length = Number(new DataView(bytes.buffer).getBigUint64(at + 2));
      start = at + 10;
    }
    if (start + length > bytes.length) return null;
    if (opcode === OPCODE.close) {
      return length < 2 ? 1005 : (bytes[start]! << 8) | bytes[start + 1]!;
    }
    at = start + length;
  }
  return null;
}
