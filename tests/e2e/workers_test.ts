/** Several workers on one PostgreSQL: the real program, its parent and its children. */
import assert from "node:assert/strict";
import { connect, type TLSSocket } from "node:tls";
import { eventually } from "../support/browser.ts";
import { makeCertificate, shownName } from "../support/certificate.ts";
import { ChatSocket, signUp } from "../support/chat_client.ts";
import { postgresTests } from "../support/postgres.ts";
import { type Program, runProgram, startProgram } from "../support/program.ts";
import { freePort } from "../support/servers.ts";

const postgresTest = postgresTests();

const start = (database: string, env: Record<string, string> = {}): Promise<Program> =>
  startProgram({ env: { DATABASE_URL: database, CONFAB_WORKERS: "2", ...env } });

/** The processes that a process has started. */
async function childrenOf(pid: number): Promise<number[]> {
  const text = await Deno.readTextFile(`/proc/${pid}/task/${pid}/children`);
  return text.trim().split(" ").filter((each) => each !== "").map(Number);
}

/** How many connections at a port a process holds: by the numbers of its sockets. */
async function connectionsOf(pid: number, port: number): Promise<number> {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  const table = await Deno.readTextFile("/proc/net/tcp");
  const established = new RegExp(`^ *\\d+: [0-9A-F]+:${hex} \\S+ 01 (?:\\S+ +){5}(\\d+)`, "gm");
  const inodes = new Set([...table.matchAll(established)].map(([, inode]) => inode));
  let count = 0;
  for await (const { name } of Deno.readDir(`/proc/${pid}/fd`)) {
    const target = await Deno.readLink(`/proc/${pid}/fd/${name}`).catch(() => "");
    if (inodes.has(/^socket:\[(\d+)\]$/.exec(target)?.[1] ?? "")) count += 1;
  }
  return count;
}

function isRunning(pid: number): boolean {
  try {
    // A zombie waits for whoever adopted it, and does nothing.
    return !/^State:\s+Z/m.test(Deno.readTextFileSync(`/proc/${pid}/status`));
  } catch {
    return false;
  }
}

async function gone(pids: number[]): Promise<void> {
  await eventually(async () => await assert.deepEqual(pids.filter(isRunning), []), 20_000);
}

postgresTest(
  "connections spread over the workers; one that is killed is replaced; all stop together",
  async (postgres) => {
    await using program = await start(await postgres.createDatabase());
    assert.equal(program.stdout().match(/Confab is at /g)?.length, 1, "the address is told once");
    const workers = await childrenOf(program.pid);
    assert.equal(workers.length, 2);
    const ann = await signUp(program.url, "ann");
    const sockets = await Promise.all(
      Array.from({ length: 18 }, () => ChatSocket.connect(ann)),
    );
    const shares = await Promise.all(workers.map((pid) => connectionsOf(pid, program.port)));
    assert.ok(shares.every((share) => share > 0), `shares: ${shares}`);

    Deno.kill(workers[0]!, "SIGKILL");
    const replaced = await eventually(async () => {
      const now = await childrenOf(program.pid);
      assert.equal(now.length, 2);
      assert.ok(!now.includes(workers[0]!) && now.includes(workers[1]!));
      return now;
    }, 20_000);
    assert.match(program.stderr(), /error a worker ended unasked.* worker=1 .*signal=SIGKILL/);
    const open = () => sockets.filter((socket) => socket.isOpen).length;
    // Beside the sockets the share has a connection that the sign-up left open, if it came there.
    await eventually(async () => await assert.ok(open() <= shares[1]!), 20_000);
    assert.ok(open() >= shares[1]! - 1, "who was with the other worker stays");
    const fresh = replaced.find((pid) => pid !== workers[1])!;
    await eventually(async () => {
      const again = await ChatSocket.connect(ann);
      const share = await connectionsOf(fresh, program.port);
      await again.close();
      assert.ok(share > 0, "the new worker has its share");
    }, 20_000);

    const { code } = await program.kill("SIGTERM");
    assert.equal(code, 0);
    await gone(replaced);
    await Promise.all(sockets.map(({ closed }) => closed));
    assert.doesNotMatch(program.stderr(), /cut short/);
  },
);

postgresTest("when the parent is killed, its workers stop serving", async (postgres) => {
  await using program = await start(await postgres.createDatabase());
  const workers = await childrenOf(program.pid);
  await program.kill("SIGKILL");
  await gone(workers);
  await assert.rejects(fetch(`${program.url}/healthz`));
});

postgresTest(
  "what keeps workers from starting is told once, and the exit code is 1",
  async (postgres) => {
    const database = await postgres.createDatabase();
    const lines = (text: string) => text.trim().split("\n");
    const nobody = await runProgram({
      env: {
        DATABASE_URL: `postgres://confab@127.0.0.1:${freePort()}/chat`,
        CONFAB_WORKERS: "3",
      },
    });
    assert.equal(nobody.code, 1, nobody.stderr);
    assert.equal(lines(nobody.stderr).length, 1, nobody.stderr);
    await using other = await startProgram();
    const taken = await runProgram({
      env: { DATABASE_URL: database, CONFAB_WORKERS: "2", PORT: String(other.port) },
    });
    assert.equal(taken.code, 1);
    assert.match(taken.stderr, /^Cannot listen on 127\.0\.0\.1, port \d+: another [^\n]+\n$/);
  },
);

postgresTest(
  "every worker shows a renewed certificate, and none drops its sockets for it",
  async (postgres) => {
    const folder = await Deno.makeTempDir();
    const [one, two] = [await makeCertificate(folder, "one"), await makeCertificate(folder, "two")];
    await using program = await start(await postgres.createDatabase(), {
      CONFAB_TLS_CERT: one.cert,
      CONFAB_TLS_KEY: one.key,
    });
    const sockets = Array.from(
      { length: 8 },
      () => connect({ host: "127.0.0.1", port: program.port, rejectUnauthorized: false }),
    );
    await Promise.all(sockets.map((socket) => upgraded(socket)));
    const shown = async () =>
      new Set(await Promise.all(Array.from({ length: 16 }, () => shownName(program.port))));
    assert.deepEqual(await shown(), new Set(["one"]));
    await Deno.rename(two.cert, one.cert);
    await Deno.rename(two.key, one.key);
    await eventually(async () => assert.deepEqual(await shown(), new Set(["two"])), 20_000);
    assert.deepEqual(sockets.filter((socket) => socket.destroyed), []);
    sockets.forEach((socket) => socket.destroy());
    await Deno.remove(folder, { recursive: true });
  },
);

/** Opens a socket that has ten seconds to sign in. */
function upgraded(socket: TLSSocket): Promise<void> {
  socket.write(
    "GET /chat HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
  );
  return new Promise((resolve) => socket.once("data", () => resolve()));
}
