/** The servers that Confab is compared with. They come from npm, and only the bench installs them. */
import { fileURLToPath } from "node:url";
import type { Dialect } from "./generator.ts";
import { installOnce } from "./npm.ts";
import { freePort, type Server, startServer } from "./pinned.ts";

const FOLDER = fileURLToPath(new URL("./peers/", import.meta.url));

export type PeerName = "bun" | "deno" | "ws" | "socketio";

interface Peer {
  title: string;
  command: string;
  /** What stands before the script. */
  flags?: string[];
  script: string;
  dialect: Dialect;
  path: string;
}

export const PEERS: Record<PeerName, Peer> = {
  bun: {
    title: "Bun publish",
    command: `${FOLDER}node_modules/bun/bin/bun.exe`,
    script: "bun_publish.mjs",
    dialect: "plain",
    path: "/chat",
  },
  deno: {
    title: "a plain Deno program",
    command: Deno.execPath(),
    flags: ["run", "-q", "--no-config", "--allow-net"],
    script: "plain_deno.ts",
    dialect: "plain",
    path: "/chat",
  },
  ws: {
    title: "ws on Node",
    command: "node",
    script: "node_ws.mjs",
    dialect: "plain",
    path: "/chat",
  },
  socketio: {
    title: "Socket.IO on Node",
    command: "node",
    script: "socket_io.mjs",
    dialect: "socketio",
    path: "/socket.io/?EIO=4&transport=websocket",
  },
};

/** The least that takes and gives files; `folder` is where it keeps the last one. */
export function startPlainCopy(folder: string): Promise<Server> {
  const port = freePort();
  return startServer({
    command: Deno.execPath(),
    args: [
      ...["run", "-q", "--no-config", "--allow-net"],
      ...[`--allow-read=${folder}`, `--allow-write=${folder}`],
      ...[`${FOLDER}plain_copy.ts`, String(port), folder],
    ],
    port,
    path: "/",
  });
}

export function installPeers(): Promise<void> {
  return installOnce(FOLDER);
}

export async function startPeer(name: PeerName): Promise<Server> {
  const { command, flags = [], script } = PEERS[name];
  const port = freePort();
  const args = [...flags, FOLDER + script, String(port)];
  return await startServer({ command, args, port, path: "/" });
}

/** The least that greets, on a database of Confab's in this folder. */
export function startPlainGreeting(dataDir: string, port = freePort()): Promise<Server> {
  return startServer({
    command: Deno.execPath(),
    args: [
      ...["run", "-q", "--no-config", "--allow-net", `--allow-read=${dataDir}`],
      ...[`${FOLDER}plain_greeting.ts`, String(port), `${dataDir}/chat.db`],
    ],
    // As Confab sets it for itself (`lib/program/frame_writes.ts`).
    env: { DENO_USE_WRITEV: "1" },
    port,
    path: "/",
  });
}

/** The least that Deno can serve. */
export function startEmptyServe(): Promise<Server> {
  const port = freePort();
  const args = ["run", "-q", "--no-config", "--allow-net", `${FOLDER}empty_serve.ts`, String(port)];
  return startServer({ command: Deno.execPath(), args, port, path: "/" });
}

/** An answer as it went over the wire. */
export interface RecordedAnswer {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer>;
}

/** A picture as it is shown: its bytes, and its place (CSS pixels). */
export interface ShownPicture {
  bytes: Uint8Array<ArrayBuffer>;
  width: number;
  height: number;
}

/** The least that shows pictures: they alone, on a page without script or styles. */
export async function startPlainPictures(pictures: readonly ShownPicture[]): Promise<Server> {
  const folder = await Deno.makeTempDir({ prefix: "confab-bench-" });
  try {
    const sizes = pictures.map(({ width, height }) => ({ width, height }));
    await Deno.writeTextFile(`${folder}/sizes`, JSON.stringify(sizes));
    for (const [at, { bytes }] of pictures.entries()) {
      await Deno.writeFile(`${folder}/${at}`, bytes);
    }
    return await startReading(folder, "plain_pictures.ts");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** An empty program that gives this one answer, from bytes that it holds: the runtime's floor. */
export async function startFloor({ status, headers, body }: RecordedAnswer): Promise<Server> {
  const folder = await Deno.makeTempDir({ prefix: "confab-bench-" });
  try {
    await Deno.writeFile(`${folder}/body`, body);
    await Deno.writeTextFile(`${folder}/head`, JSON.stringify({ status, headers }));
    return await startReading(folder, "bytes_serve.ts");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** What reads all that is in the folder before it answers. */
function startReading(folder: string, script: string): Promise<Server> {
  const port = freePort();
  const args = [
    ...["run", "-q", "--no-config", "--allow-net", `--allow-read=${folder}`],
    ...[FOLDER + script, String(port), folder],
  ];
  return startServer({ command: Deno.execPath(), args, port, path: "/" });
}
