/**
 * Something that speaks as an old PostgreSQL would: it lets everybody in and tells its version.
 * None of that age can be installed beside a supported one.
 */

export interface OldPostgres extends AsyncDisposable {
  readonly url: string;
}

export function startOldPostgres(version: string): OldPostgres {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  const served = serve(listener, open, version);
  return {
    url: `postgres://ann:hunter2@127.0.0.1:${listener.addr.port}/chat`,
    async [Symbol.asyncDispose]() {
      listener.close();
      for (const connection of open) connection.close();
      await served;
    },
  };
}

async function serve(listener: Deno.TcpListener, open: Set<Deno.Conn>, version: string) {
  const talks: Promise<void>[] = [];
  for await (const connection of listener) {
    open.add(connection);
    talks.push(
      talk(connection, version).catch(() => {}).finally(() => {
        if (open.delete(connection)) connection.close();
      }),
    );
  }
  await Promise.all(talks);
}

/** The code of a client's wish to encrypt. */
const ENCRYPT = 80_877_103;

/** The few messages of the protocol (chapter "Message Formats" of the manual) that a start takes. */
async function talk(connection: Deno.Conn, version: string): Promise<void> {
  const buffer = new Uint8Array(65_536);
  const number = String(Number(version.split(".")[0]) * 10_000);
  const facts = { number, version, encoding: "UTF8", standby: "f", synced: "on" };
  for (let isOpen = false;;) {
    const size = await connection.read(buffer);
    if (size === null) return;
    if (!isOpen && size === 8 && new DataView(buffer.buffer).getInt32(4) === ENCRYPT) {
      await send(connection, new TextEncoder().encode("N"));
    } else if (!isOpen) {
      isOpen = true;
      await send(connection, message("R", int32(0)), READY);
    } else if (buffer[0] === "Q".charCodeAt(0)) {
      await send(connection, columns(Object.keys(facts)), row(Object.values(facts)), DONE, READY);
    }
  }
}

async function send(connection: Deno.Conn, ...parts: Uint8Array[]): Promise<void> {
  const bytes = joined(parts);
  for (let sent = 0; sent < bytes.length;) sent += await connection.write(bytes.subarray(sent));
}

function columns(names: readonly string[]): Uint8Array {
  const text = 25; // its type's number
  const each = names.flatMap((name) => [
    ended(name),
    int32(0),
    int16(0),
    int32(text),
    int16(-1),
    int32(-1),
    int16(0),
  ]);
  return message("T", int16(names.length), ...each);
}

function row(values: readonly string[]): Uint8Array {
  const each = values.flatMap((value) => [int32(value.length), new TextEncoder().encode(value)]);
  return message("D", int16(values.length), ...each);
}

const READY = message("Z", new TextEncoder().encode("I"));
const DONE = message("C", ended("SELECT 1"));

function message(type: string, ...parts: Uint8Array[]): Uint8Array {
  const body = joined(parts);
  return joined([new TextEncoder().encode(type), int32(body.length + 4), body]);
}

function ended(text: string): Uint8Array {
  return new TextEncoder().encode(`${text}\0`);
}

function int32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, value);
  return bytes;
}

function int16(value: number): Uint8Array {
  const bytes = new Uint8Array(2);
  new DataView(bytes.buffer).setInt16(0, value);
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
