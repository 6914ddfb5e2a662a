/**
 * One request over HTTP/1.1 to an address that is known already, without looking any name up. The
 * certificate must be the name's. Bounded: what the other end sends ends the request, not us.
 */
import { type IncomingMessage, request } from "node:http";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { Readable } from "node:stream";

export interface Asked {
  url: URL;
  /** Tried one after the other. */
  addresses: readonly string[];
  port: number;
  headers: Record<string, string>;
  ca: string[] | undefined;
  /** Bytes of the body, once it is unpacked: what comes after them is cut off. */
  most: number;
  signal: AbortSignal;
}

export interface Answered {
  status: number;
  type: string;
  location: string | null;
  body(): AsyncIterable<Uint8Array>;
  close(): void;
}

/** Milliseconds until the next address is tried. */
const CONNECT_PATIENCE = 2_500;
const HEADER_BYTES = 65_536;
/** Bytes that a server may send besides the body: its header, and what parts of the body say. */
const BESIDE_BYTES = 4 * HEADER_BYTES;
/** Answers before the answer: 103 for what the page will need, 100. */
const EARLY_MOST = 8;
/**
 * Parts of a body: a server that sends each letter as one keeps this process busy with them, and
 * others wait.
 */
const PIECES_MOST = 20_000;

export async function openRequest(asked: Asked): Promise<Answered> {
  const socket = await connectToOne(asked);
  const close = () => void socket.destroy();
  asked.signal.addEventListener("abort", close, { once: true });
  try {
    const response = await answerOf(socket, asked);
    return {
      status: response.statusCode ?? 0,
      type: response.headers["content-type"] ?? "",
      location: response.headers.location ?? null,
      body: () => bounded(unpacked(response), asked),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

async function connectToOne(asked: Asked): Promise<Socket> {
  let failure: unknown;
  for (const address of asked.addresses) {
    asked.signal.throwIfAborted();
    try {
      return await connectTo(address, asked);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

function connectTo(address: string, { url, port, ca, signal }: Asked): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const isSecure = url.protocol === "https:";
  const to = { host: address, port };
  const socket: Socket = isSecure
    ? connectTls({
      ...to,
      servername: url.hostname,
      ALPNProtocols: ["http/1.1"],
      ...(ca === undefined ? {} : { ca }),
    })
    : connect(to);
  const end = () => socket.destroy(new Error("it took too long to connect"));
  const timer = setTimeout(end, CONNECT_PATIENCE);
  signal.addEventListener("abort", end, { once: true });
  const settled = () => {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
  };
  socket.once(isSecure ? "secureConnect" : "connect", () => {
    settled();
    resolve(socket);
  });
  socket.on("error", (error) => {
    settled();
    reject(error);
  });
  socket.once("close", () => {
    settled();
    reject(new Error("the connection was closed"));
  });
  return promise;
}

function answerOf(socket: Socket, { url, headers, most, signal }: Asked): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  // No `agent` at all: with one, this connection would be passed over, and another one be made.
  const asking = request({
    createConnection: () => socket,
    path: url.pathname + url.search,
    headers,
    maxHeaderSize: HEADER_BYTES,
  }, (response) => {
    if (response.socket === socket) resolve(response);
    else reject(new Error("another connection was made"));
  });
  const leave = (why: string) => {
    reject(new Error(why));
    socket.destroy(new Error(why));
  };
  let early = 0;
  asking.on("information", () => {
    if (++early > EARLY_MOST) leave("it only says what is to come");
  });
  let received = 0;
  // Once the request reads from it, too: nothing is taken from it before.
  asking.once("socket", () => {
    socket.on("data", ({ length }) => {
      received += length;
      if (received > most + BESIDE_BYTES) leave("it sends more than a body and its header");
    });
  });
  asking.on("error", reject);
  socket.once("close", () => reject(signal.reason ?? new Error("the connection was closed")));
  asking.end();
  return promise;
}

/** Some servers pack what nobody asked them to pack. */
function unpacked(response: IncomingMessage): Readable {
  const encoding = (response.headers["content-encoding"] ?? "identity").trim().toLowerCase();
  switch (encoding) {
    case "":
    case "identity":
      return response;
    case "gzip":
    case "x-gzip":
      return piped(response, createGunzip());
    case "deflate":
      return piped(response, createInflate());
    case "br":
      return piped(response, createBrotliDecompress());
    default:
      throw new Error("packed in an unknown way");
  }
}

function piped<Through extends Readable & NodeJS.WritableStream>(
  from: IncomingMessage,
  through: Through,
): Through {
  let pieces = 0;
  from.on("error", (error) => through.destroy(error));
  from.on("data", () => {
    if (++pieces > PIECES_MOST) from.destroy(tooManyPieces());
  });
  from.pipe(through);
  return through;
}

function tooManyPieces(): Error {
  return new Error("it comes in too many pieces");
}

async function* bounded(
  from: Readable,
  { most, signal }: Asked,
): AsyncIterable<Uint8Array> {
  let [left, pieces] = [most, 0];
  const end = () => from.destroy(new Error("it took too long"));
  signal.addEventListener("abort", end, { once: true });
  try {
    for await (const chunk of from as AsyncIterable<Uint8Array>) {
      signal.throwIfAborted();
      if (++pieces > PIECES_MOST) throw tooManyPieces();
      yield chunk.subarray(0, left);
      left -= chunk.length;
      if (left <= 0) return;
    }
  } finally {
    signal.removeEventListener("abort", end);
    from.destroy();
  }
}
