/** What nodes and workers over one PostgreSQL say of themselves and of each other. */
import assert from "node:assert/strict";
import { Api, ChatSocket, signUp } from "../support/chat_client.ts";
import { MetricsPage } from "../support/metrics_page.ts";
import { postgresTests } from "../support/postgres.ts";
import { startProgram } from "../support/program.ts";
import { freePort } from "../support/servers.ts";

const GENERAL = 1;
const postgresTest = postgresTests();

async function scrape({ url }: { url: string }): Promise<MetricsPage> {
  return new MetricsPage(await (await fetch(`${url}/metrics`)).text());
}

postgresTest("each node tells what it hears of the other, and how late", async (postgres) => {
  const env = { DATABASE_URL: await postgres.createDatabase(), CONFAB_SEND_RATE: "0" };
  await using here = await startProgram({ env });
  await using there = await startProgram({ env });
  const [ann, bob] = [await signUp(here.url, "ann"), await signUp(here.url, "bob")];
  const onAnn = await ChatSocket.connect(ann);
  const onBob = await ChatSocket.connect({ ...bob, api: new Api(there.url, bob.api.headers) });
  for (let i = 0; i < 5; i++) await onAnn.send(GENERAL, `over there ${i}`);
  await onBob.until(() => onBob.all("message").length === 5, "all messages");
  const [one, two] = [await scrape(here), await scrape(there)];
  for (const page of [one, two]) {
    assert.equal(page.value("confab_bus_connected", { kind: "notify" }), 1);
    assert.equal(page.value("confab_build_info", { database: "postgres" }), 1);
    assert.ok(page.value("confab_sweep_seconds_count") >= 1);
    assert.ok(page.value("confab_sweep_age_seconds") < 4);
    assert.equal(page.value("confab_gate_closed"), 0);
    assert.equal(page.value("confab_users_connected"), 1);
    assert.ok(page.value("confab_lane_busy", { lane: "writer" }) >= 0);
  }
  assert.equal(one.value("confab_send_ack_seconds_count"), 5);
  assert.equal(two.value("confab_send_ack_seconds_count"), 0);
  assert.ok(one.value("confab_bus_published_total") >= 5);
  assert.ok(two.value("confab_bus_received_total") >= 5);
  assert.ok(two.value("confab_remote_screen_seconds_count") >= 1, "a sample of them is timed");
  assert.ok(two.value("confab_remote_screen_seconds_sum") < 5);
  assert.equal(one.value("confab_remote_screen_seconds_count"), 0);
  assert.ok(one.value("confab_events_applied_total") >= 1, "people joined");

  await postgres.restart({ mode: "immediate" });
  await onAnn.send(GENERAL, "after the restart").catch(() => {});
  const reconnected = await eventually(async () => {
    const page = await scrape(here);
    return page.value("confab_lane_reconnects_total", { lane: "writer" }) >= 1 ? page : null;
  });
  assert.ok(reconnected.value("confab_sweeps_failed_total") >= 0);
  await onAnn.close();
  await onBob.close();
});

postgresTest(
  "each worker has its numbers on a port of its own, the next one each",
  async (postgres) => {
    const port = twoFreePorts();
    await using program = await startProgram({
      env: {
        DATABASE_URL: await postgres.createDatabase(),
        CONFAB_WORKERS: "2",
        CONFAB_METRICS: `127.0.0.1:${port}`,
      },
    });
    const ann = await signUp(program.url, "ann");
    const sockets = await Promise.all(Array.from({ length: 8 }, () => ChatSocket.connect(ann)));
    const pages = [port, port + 1].map((each) => scrape({ url: `http://127.0.0.1:${each}` }));
    const live = (await Promise.all(pages))
      .map((page) => page.value("confab_connections", { phase: "live" }));
    assert.equal(live[0]! + live[1]!, 8, "together they have everybody");
    const main = await fetch(`${program.url}/metrics`);
    assert.equal(
      main.status,
      404,
      "the shared port would answer for one of them, and not say which",
    );
    await main.body?.cancel();
    await Promise.all(sockets.map((socket) => socket.close()));
  },
);

function twoFreePorts(): number {
  for (;;) {
    const port = freePort();
    try {
      Deno.listen({ hostname: "127.0.0.1", port: port + 1 }).close();
      return port;
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    }
  }
}

async function eventually<T>(ask: () => Promise<T | null>): Promise<T> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const found = await ask();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail("It did not happen in ten seconds.");
}
