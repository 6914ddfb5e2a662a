/**
 * HTTP/1.1 by hand, for what `fetch` would put right before it is sent: a `Host` that is none,
 * paths with dots and broken escapes, methods of its own. It must not know the chat.
 */

export interface RawAnswer {
  /** 0 where the server ended the connection without a word. */
  status: number;
  /** Everything after the first line, as it came. */
  rest: string;
}

/** Beyond this the server has not answered, milliseconds. */
const PATIENCE = 10_000;

/** Sends bytes (a string is taken as Latin-1) on a connection of its own, and reads the answer. */
export async function exchange(url: string, request: string): Promise<RawAnswer> {
  const connection = await connectTo(url);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    connection.close();
  }, PATIENCE);
  try {
    await writeAll(connection, latin1(request));
    return answerIn(await readAnswer(connection, request.startsWith("HEAD ")));
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionReset || error instanceof Deno.errors.BrokenPipe) {
      return { status: 0, rest: "" };
    }
    if (late) throw new Error(`No answer to ${JSON.stringify(request.slice(0, 200))}`);
    throw error;
  } finally {
    clearTimeout(timer);
    if (!late) connection.close();
  }
}

/** A request that asks for the connection's end, so that its answer has one. */
export function requestText(
  method: string,
  target: string,
  headers: Readonly<Record<string, string>>,
  body = "",
): string {
  const length = body === "" ? {} : { "content-length": String(body.length) };
  const lines = Object.entries({ ...length, ...headers, connection: "close" })
    .map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join("")}\r\n${body}`;
}

export function connectTo(url: string): Promise<Deno.TcpConn> {
  return Deno.connect({ hostname: "127.0.0.1", port: Number(new URL(url).port) });
}

export async function writeAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
}

export function latin1(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** To its end, or to the connection's: a server need not end one whose request it has not read. */
async function readAnswer(connection: Deno.Conn, isHead: boolean): Promise<string> {
  const decoder = new TextDecoder("latin1");
  const buffer = new Uint8Array(16_384);
  let text = "";
  for (let count; (count = await connection.read(buffer)) !== null;) {
    text += decoder.decode(buffer.subarray(0, count));
    if (isWhole(text, isHead)) break;
  }
  return text;
}

function isWhole(text: string, isHead: boolean): boolean {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return false;
  const head = text.slice(0, end);
  if (isHead || /^HTTP\/1\.1 (101|204|304)/.test(head)) return true;
  const length = /^content-length: (\d+)$/im.exec(head)?.[1];
  return length === undefined
    ? text.endsWith("\r\n0\r\n\r\n")
    : text.length >= end + 4 + Number(length);
}

function answerIn(text: string): RawAnswer {
  const [line = "", ...rest] = text.split("\r\n");
  return { status: Number(/^HTTP\/1\.[01] (\d{3})/.exec(line)?.[1] ?? 0), rest: rest.join("\r\n") };
}
