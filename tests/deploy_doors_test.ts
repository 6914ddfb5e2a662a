/** What the proxies of deploy/ end that Confab's own runtime cannot: half-sent headers and bodies. */
import assert from "node:assert/strict";
import { connect, type TLSSocket } from "node:tls";
import { eventually } from "./support/browser.ts";
import { startProgram } from "./support/program.ts";
import { HOST, type Proxy, startCaddy, startNginx, withProgram } from "./support/proxy.ts";
import { heldAt } from "./support/sockets_held.ts";
import { freePort } from "./support/servers.ts";

/** The ten seconds of deploy/ and what a busy machine adds; without them it is a minute, ms. */
const AT_MOST = 30_000;

const HALVES = {
  nothing: "",
  "half a line": "GET /hea",
  "half a head": `GET /healthz HTTP/1.1\r\nHost: ${HOST}\r\nX-`,
  "half a body": `POST /api/login HTTP/1.1\r\nHost: ${HOST}\r\nContent-Type: application/json\r\n` +
    "Content-Length: 65000\r\n\r\n{",
};

/** Sends that and no more; resolves when the connection has ended, after how many ms. */
function endOf(origin: string, text: string, sockets: TLSSocket[]): Promise<number> {
  const from = performance.now();
  return new Promise((resolve) => {
    const port = Number(new URL(origin).port);
    const socket = connect({
      host: "127.0.0.1",
      port,
      servername: HOST,
      rejectUnauthorized: false,
    });
    sockets.push(socket);
    socket.on("secureConnect", () => void socket.write(text));
    socket.on("data", () => {}); // what it says of it does not matter here
    socket.on("error", () => {});
    socket.on("close", () => resolve(performance.now() - from));
  });
}

async function endsHalves(
  start: (port: number, behind: number) => Promise<Proxy>,
  halves: string[],
) {
  const port = freePort();
  const env = { CONFAB_ORIGIN: `https://${HOST}:${port}`, CONFAB_TRUST_PROXY: "1" };
  await using program = await startProgram({ env });
  await using proxy = await start(port, program.port);
  const sockets: TLSSocket[] = [];
  const ends: number[] = [];
  for (const text of halves) {
    for (let n = 0; n < 25; n++) {
      void endOf(proxy.origin, text, sockets).then((ms) => ends.push(ms));
    }
  }
  await eventually(async () => assert.equal(await heldAt(port), sockets.length));
  await eventually(async () => assert.equal(await heldAt(port), 0), AT_MOST);
  assert.ok(ends.length > 0 && ends.every((ms) => ms > 5_000), "a slow phone has its time");
  sockets.forEach((socket) => socket.destroy());
  assert.doesNotMatch(program.stderr(), / warn | error /);
}

withProgram("nginx", "nginx ends half-sent heads and bodies after ten seconds", async () => {
  await endsHalves(startNginx, Object.values(HALVES));
});

withProgram(
  "caddy",
  "Caddy ends half-sent heads after ten seconds, Confab half-sent bodies behind it",
  async () => {
    const port = freePort();
    const env = { CONFAB_ORIGIN: `https://${HOST}:${port}`, CONFAB_TRUST_PROXY: "1" };
    await using program = await startProgram({ env });
    await using proxy = await startCaddy(port, program.port);
    const [heads, bodies]: TLSSocket[][] = [[], []];
    const ends = Array.from(
      { length: 25 },
      () => endOf(proxy.origin, HALVES["half a head"], heads!),
    );
    for (let n = 0; n < 25; n++) void endOf(proxy.origin, HALVES["half a body"], bodies!);
    await eventually(async () => assert.ok(await heldAt(program.port) >= bodies!.length));
    const times = await Promise.all(ends);
    assert.ok(
      times.every((ms) => ms > 5_000 && ms < AT_MOST),
      `${times}: a slow phone has its time`,
    );
    // A file may need long, and Caddy has one time for all bodies: what it holds, Confab does not.
    await eventually(async () => assert.ok(await heldAt(program.port) < 5), AT_MOST);
    bodies!.forEach((socket) => socket.destroy());
    assert.doesNotMatch(program.stderr(), / warn | error /);
  },
);
