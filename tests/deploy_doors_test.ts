/** What the proxies of deploy/ end that Confab's own runtime cannot: half-sent headers and bodies. */
import assert from "node:assert/strict";
import { connect } from "node:tls";
import { startProgram } from "./support/program.ts";
import {
  freePort,
  HOST,
  type Proxy,
  startCaddy,
  startNginx,
  withProgram,
} from "./support/proxy.ts";

/** The ten seconds of deploy/ and what a busy machine adds; without them it is a minute, ms. */
const AT_MOST = 30_000;

const HALVES = {
  nothing: "",
  "half a line": "GET /hea",
  "half a head": `GET /healthz HTTP/1.1\r\nHost: ${HOST}\r\nX-`,
  "half a body": `POST /api/login HTTP/1.1\r\nHost: ${HOST}\r\nContent-Type: application/json\r\n` +
    "Content-Length: 65000\r\n\r\n{",
};

/** Sends that and no more; after how many ms the proxy has ended the connection. */
function endOf(origin: string, text: string): Promise<number> {
  const from = performance.now();
  return new Promise((resolve, reject) => {
    const port = Number(new URL(origin).port);
    const socket = connect({
      host: "127.0.0.1",
      port,
      servername: HOST,
      rejectUnauthorized: false,
    });
    const late = setTimeout(() => {
      socket.destroy();
      reject(new Error(`${JSON.stringify(text)} is still open`));
    }, AT_MOST);
    socket.on("secureConnect", () => void socket.write(text));
    socket.on("data", () => {}); // what it says of it does not matter here
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(late);
      resolve(performance.now() - from);
    });
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
  const ends = await Promise.all(
    halves.flatMap((text) => Array.from({ length: 25 }, () => endOf(proxy.origin, text))),
  );
  assert.ok(ends.every((ms) => ms > 5_000), "a slow phone has its time");
  assert.doesNotMatch(program.stderr(), / warn | error /);
}

withProgram("nginx", "nginx ends half-sent heads and bodies after ten seconds", async () => {
  await endsHalves(startNginx, Object.values(HALVES));
});

withProgram("caddy", "Caddy ends half-sent heads and bodies after ten seconds", async () => {
  await endsHalves(startCaddy, [HALVES["half a head"], HALVES["half a body"]]);
});
