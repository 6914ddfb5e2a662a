/** Bodies that never come to their end: they are ended, and nobody else is held up or cut off. */
import assert from "node:assert/strict";
import { type ClientHttp2Session, connect } from "node:http2";
import { ChatSocket, type Person, signUp } from "../support/chat_client.ts";
import { type Program, startProgram } from "../support/program.ts";
import { connectTo, latin1, writeAll } from "../support/raw_http.ts";
import { residentMegabytes } from "./process.ts";
import { report } from "./scene.ts";

const COUNT = 1_000;
/** Megabytes that so many unfinished logins may cost; they cost 300 when each had a buffer of 64 KiB. */
const COST = 120;
/** What a body has, and what a busy machine adds, milliseconds. */
const IN_TIME = 14_000;
const GENERAL = 1;

/** A login whose body says that more is to come. */
const UNFINISHED = "POST /api/login HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n" +
  "Content-Length: 65000\r\n\r\n{";

/** Sends that and waits for the first line of an answer; 0 where there is none in time. */
async function unfinishedLogin(program: Program): Promise<number> {
  using connection = await connectTo(program.url);
  await writeAll(connection, latin1(UNFINISHED));
  const buffer = new Uint8Array(256);
  const timer = Promise.withResolvers<null>();
  const id = setTimeout(timer.resolve, IN_TIME, null);
  const reading = connection.read(buffer);
  const count = await Promise.race([reading, timer.promise]);
  clearTimeout(id);
  if (count === null) {
    reading.catch(() => {}); // the connection is closed under it
    return 0;
  }
  return Number(/^HTTP\/1\.1 (\d+)/.exec(new TextDecoder().decode(buffer))?.[1] ?? 0);
}

/** Talks until the work is done; the slowest ack in milliseconds. */
async function talkDuring(person: Person, work: Promise<unknown>): Promise<number> {
  await using socket = await ChatSocket.connect(person);
  let [working, slowest] = [true, 0];
  const ended = work.finally(() => working = false);
  while (working) {
    const from = performance.now();
    await socket.send(GENERAL, `at ${from}`);
    slowest = Math.max(slowest, performance.now() - from);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await ended;
  assert.ok(socket.isOpen, "the bystander was cut off");
  return slowest;
}

for (const [what, auth] of [["strangers", "10"], ["strangers without a throttle", "0"]] as const) {
  Deno.test({
    name: `${COUNT} logins that never end, of ${what}, cost little and nobody else anything`,
    ignore: Deno.build.os !== "linux", // memory is read from /proc
    sanitizeOps: true,
    sanitizeResources: true,
    async fn() {
      const env = { CONFAB_MEMORY_LIMIT: "256", CONFAB_SEND_RATE: "0", CONFAB_AUTH_RATE: auth };
      await using program = await startProgram({ env });
      const [ann, bob] = [await signUp(program.url, "ann"), await signUp(program.url, "bob")];
      await using idle = await ChatSocket.connect(bob);
      const before = await residentMegabytes(program.pid);
      let highest = before;
      const watch = setInterval(async () => {
        highest = Math.max(highest, await residentMegabytes(program.pid));
      }, 250);
      const logins = Array.from({ length: COUNT }, () => unfinishedLogin(program));
      const slowest = await talkDuring(ann, Promise.all(logins));
      clearInterval(watch);
      const statuses = await Promise.all(logins);

      const counts = Map.groupBy(statuses, (status) => status);
      const told = [...counts].map(([status, { length }]) => `${length} × ${status}`).join(", ");
      assert.ok(statuses.every((status) => [400, 429, 503].includes(status)), told);
      assert.ok(highest - before < COST, `${highest - before} MB for ${told}`);
      assert.ok(slowest < 3_000, `an ack took ${slowest} ms`);
      assert.ok(idle.isOpen, "an idle bystander was cut off");
      assert.ok(!/ error |cut off/.test(program.stderr()), program.stderr().slice(0, 1_000));
      report(`${told}; ${highest - before} MB, slowest ack ${slowest.toFixed(0)} ms`);
    },
  });
}

/** As many streams as a connection may have, each an unfinished login; the statuses, and their end. */
async function unfinishedStreams(url: string, count: number): Promise<number[]> {
  const { host } = new URL(url);
  const session: ClientHttp2Session = connect(url);
  const ended = new Promise((resolve) => session.once("close", resolve));
  // Without a Host of its own each would be refused at the entry.
  const head = {
    ":method": "POST",
    ":path": "/api/login",
    ":authority": host,
    host,
    "content-type": "application/json",
    "content-length": "65000",
  };
  const statuses = await Promise.all(Array.from({ length: count }, () => {
    const stream = session.request(head, { endStream: false });
    stream.on("error", () => {}); // ends with its session
    const status = new Promise<number>((resolve) =>
      stream.once("response", (answer) => resolve(Number(answer[":status"])))
    );
    stream.write("{");
    return Promise.race([status, ended.then(() => 0)]);
  }));
  session.destroy();
  await ended;
  return statuses;
}

Deno.test({
  name: "two thousand of them over HTTP/2, a few connections' worth, are ended too",
  ignore: Deno.build.os !== "linux", // memory is read from /proc
  async fn() {
    const env = { CONFAB_MEMORY_LIMIT: "256", CONFAB_SEND_RATE: "0" };
    await using program = await startProgram({ env });
    const ann = await signUp(program.url, "ann");
    const before = await residentMegabytes(program.pid);
    const from = performance.now();
    const work = Promise.all(
      Array.from({ length: 10 }, () => unfinishedStreams(program.url, 200)),
    );
    await talkDuring(ann, work);
    const statuses = (await work).flat();
    assert.ok(statuses.every((status) => [400, 429, 503].includes(status)), statuses.join());
    assert.ok(performance.now() - from < IN_TIME);
    const cost = await residentMegabytes(program.pid) - before;
    assert.ok(cost < COST, `${cost} MB`);
    assert.ok(!/ error /.test(program.stderr()), program.stderr().slice(0, 1_000));
  },
});
