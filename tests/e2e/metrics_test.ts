/** `/metrics` of the running program, as an operator and as a stranger meet it. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";

import { ChatSocket, signUp } from "../support/chat_client.ts";
import { eventually } from "../support/eventually.ts";
import { MetricsPage } from "../support/metrics_page.ts";
import { type Program, runProgram, startProgram } from "../support/program.ts";
import { findPromtool } from "../support/promtool.ts";
import { exchange } from "../support/raw_http.ts";
import { freePort } from "../support/servers.ts";

async function scrape(url: string): Promise<MetricsPage> {
  const response = await fetch(`${url}/metrics`);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  return new MetricsPage(await response.text());
}

/** What a stranger gets there, and at an address that does not exist. */
async function strangers(program: Program, headers: Record<string, string> = {}) {
  const answers = await Promise.all(
    ["/metrics", "/nothing-here"].map(async (path) => {
      const response = await fetch(program.url + path, { headers });
      return { status: response.status, text: await response.text() };
    }),
  );
  return answers as [{ status: number; text: string }, { status: number; text: string }];
}

Deno.test("an operator reads what people did, and no word of it", async () => {
  await using program = await startProgram({ env: { CONFAB_SEND_RATE: "0" } });
  const [ann, bob] = [await signUp(program.url, "ann"), await signUp(program.url, "bob")];
  const [onAnn, onBob] = [await ChatSocket.connect(ann), await ChatSocket.connect(bob)];
  for (let i = 0; i < 20; i++) await onAnn.send(1, `a secret word ${i}`);
  await onBob.until(() => onBob.all("message").length === 20 || undefined, "all messages");
  await ann.api.request("POST", "/api/login", {});
  await fetch(`${program.url}/api/rooms/12345`, { method: "PROPFIND" }).then((r) => r.text());
  const page = await scrape(program.url);
  assert.equal(page.value("confab_connections", { phase: "live" }), 2);
  assert.equal(page.value("confab_users_connected"), 2);
  assert.equal(page.value("confab_frames_received_total", { type: "send" }), 20);
  assert.equal(page.value("confab_messages_told_total"), 20);
  assert.equal(page.value("confab_deliveries_total"), 40);
  assert.equal(page.value("confab_send_ack_seconds_count"), 20);
  assert.equal(page.value("confab_send_screen_seconds_count", { screen: "last" }), 20);
  assert.ok(page.value("confab_commit_operations_sum", { lane: "writer" }) >= 22);
  assert.ok(page.value("confab_frames_sent_total") >= 42);
  assert.equal(page.value("confab_sign_ins_total", { kind: "signup", outcome: "ok" }), 2);
  assert.equal(page.value("confab_errors_total", { code: "invalid", way: "http" }), 1);
  const other = { method: "other", route: "/api/rooms/:id", status: "405" };
  assert.equal(page.value("confab_http_requests_total", other), 1);
  assert.equal(page.value("confab_lane_waiting", { lane: "writer" }), 0);
  assert.equal(page.value("confab_build_info", { database: "sqlite" }), 1);
  assert.ok(page.value("confab_memory_resident_bytes") > 1e7);
  const text = await (await fetch(`${program.url}/metrics`)).text();
  assert.doesNotMatch(text, /secret|\bann\b|\bbob\b|127\.0\.0\.1|12345/);
  await onAnn.close();
  await onBob.close();
});

Deno.test("an operator sees whether mail goes out; where none is set there is nothing to see", async () => {
  const dataDir = await Deno.makeTempDir();
  const env = {
    // Nobody listens there.
    CONFAB_SMTP: `smtp://127.0.0.1:${freePort()}?tls=never`,
    CONFAB_MAIL_FROM: "chat@example.org",
    CONFAB_ORIGIN: "http://localhost:8000",
  };
  await using program = await startProgram({ dataDir, env });
  const ann = await signUp(program.url, "ann");
  const db = new DatabaseSync(`${dataDir}/chat.db`, { timeout: 5_000 });
  db.exec(`INSERT INTO emails (user_id, address, address_key, proven_at)
    VALUES (1, 'ann@example.org', 'ann@example.org', 1)`);
  db.close();
  const before = await scrape(program.url);
  assert.equal(before.value("confab_mail_failing"), 0);
  await ann.api.request("POST", "/api/forgot", { name: "ann" });
  await eventually(async () => {
    const page = await scrape(program.url);
    assert.equal(page.value("confab_mail_failing"), 1);
    assert.equal(page.value("confab_letters_sent_total"), 0);
  });
  assert.doesNotMatch(program.stderr(), /ann@|\/reset\//);
  await program.kill("SIGTERM");
  await Deno.remove(dataDir, { recursive: true });
  await using bare = await startProgram();
  assert.doesNotMatch(await (await fetch(`${bare.url}/metrics`)).text(), /^confab_(mail|letters)/m);
});

Deno.test("this machine alone reads them, and for others there is no such page", async () => {
  await using program = await startProgram({ env: { CONFAB_TRUST_PROXY: "1" } });
  await scrape(program.url);
  const host = `Host: localhost:${program.port}\r\n`;
  const plain = await exchange(program.url, `GET /metrics HTTP/1.1\r\n${host}\r\n`);
  assert.equal(plain.status, 200);
  const passed = [
    "X-Forwarded-For: 127.0.0.1\r\n",
    "X-Forwarded-For: 203.0.113.9, 127.0.0.1\r\n",
    "Forwarded: for=127.0.0.1\r\n",
    "X-Real-IP: 127.0.0.1\r\n",
    "Via: 1.1 proxy\r\n",
    "Connection: close\r\n",
  ];
  for (const line of passed) {
    const { status } = await exchange(program.url, `GET /metrics HTTP/1.1\r\n${host}${line}\r\n`);
    assert.equal(status, 404, line);
  }
  const elsewhere = "Host: chat.example.org\r\n";
  const rebound = await exchange(program.url, `GET /metrics HTTP/1.1\r\n${elsewhere}\r\n`);
  assert.equal(rebound.status, 404);
  const [here, nowhere] = await strangers(program, { "x-forwarded-for": "203.0.113.9" });
  assert.deepEqual(here, nowhere, "and the answer does not betray it");
});

Deno.test("off is off, open is open", async () => {
  await using off = await startProgram({ env: { CONFAB_METRICS: "off" } });
  const [here, nowhere] = await strangers(off);
  assert.deepEqual(here, nowhere);
  assert.equal(here.status, 404);
  await using open = await startProgram({ env: { CONFAB_METRICS: "open" } });
  const [answer] = await strangers(open, { "x-forwarded-for": "203.0.113.9" });
  assert.equal(answer.status, 200);
});

Deno.test("on a port of their own they are there and nowhere else", async () => {
  const port = freePort();
  await using program = await startProgram({ env: { CONFAB_METRICS: `127.0.0.1:${port}` } });
  const own = `http://127.0.0.1:${port}`;
  await scrape(own);
  await scrape(own.replace("127.0.0.1", "localhost"));
  assert.equal((await strangers(program))[0].status, 404);
  for (const path of ["/", "/login", "/metrics/", "/api/rooms"]) {
    const response = await fetch(own + path);
    assert.equal(response.status, 404, path);
    await response.body?.cancel();
  }
  const posted = await fetch(`${own}/metrics`, { method: "POST", body: "x" });
  assert.deepEqual([posted.status, posted.headers.get("allow")], [405, "GET"]);
  await posted.body?.cancel();
  const head = await fetch(`${own}/metrics`, { method: "HEAD" });
  assert.deepEqual([head.status, await head.text()], [200, ""]);
  const noHost = await exchange(own, "GET /metrics HTTP/1.1\r\nConnection: close\r\n\r\n");
  assert.ok([200, 404].includes(noHost.status), "a bad Host is answered, whatever it says");
  assert.equal((await program.stop()).code, 0);
});

Deno.test("a port that somebody has is told in one sentence with its setting's name", async () => {
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = taken.addr;
  const { code, stderr } = await runProgram({ env: { CONFAB_METRICS: `127.0.0.1:${port}` } });
  assert.equal(code, 1);
  assert.equal(
    stderr,
    `Cannot listen on 127.0.0.1, port ${port}: another program listens there; ` +
      "CONFAB_METRICS chooses another one.\n",
  );
});

Deno.test("nothing of the page is loaded before the first scrape", async () => {
  await using program = await startProgram();
  assert.ok(program.url);
  const folder = new URL("../../dist/server/", import.meta.url);
  const marks = /PROMETHEUS_CONTENT_TYPE|confab_deliveries_total/;
  const loaded = new Set(["main.js"]);
  for (const name of loaded) {
    const code = await Deno.readTextFile(new URL(name, folder));
    assert.doesNotMatch(code, marks, name);
    for (const [, next] of code.matchAll(/^(?:im|ex)port .*?"\.\/([\w.-]+\.js)";$/gm)) {
      loaded.add(next!);
    }
  }
  assert.ok(loaded.has("start.js"), "the bundle's parts were followed");
  const marked: string[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (marks.test(await Deno.readTextFile(new URL(name, folder)))) marked.push(name);
  }
  assert.notDeepEqual(marked, [], "the page is in the bundle by these marks");
});

const promtool = findPromtool();

Deno.test({
  name: "Prometheus's own checker finds nothing to say" +
    (promtool === null ? " (left out: there is no promtool here)" : ""),
  ignore: promtool === null,
  fn: () => check(promtool!),
});

async function check(command: string): Promise<void> {
  await using program = await startProgram();
  const text = await (await fetch(`${program.url}/metrics`)).text();
  const child = new Deno.Command(command, {
    args: ["check", "metrics"],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const input = child.stdin.getWriter();
  await input.write(new TextEncoder().encode(text));
  await input.close();
  const { code, stdout, stderr } = await child.output();
  const said = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  assert.deepEqual([code, said], [0, ""]);
}
