/**
 * What the proxies of deploy/ tell Confab of who asks, and from where: what a visitor writes in those
 * headers is believed by nobody, and what an operator adds as docs/single-sign-on.md says it is.
 */
import assert from "node:assert/strict";
import { request } from "node:https";
import { eventually } from "./support/eventually.ts";
import { startProgram } from "./support/program.ts";
import { HOST, type Proxy, startCaddyWith, startNginxWith, withProgram } from "./support/proxy.ts";
import { freePort } from "./support/servers.ts";

interface Answer {
  status: number;
  cookies: string[];
  text: string;
}

/** As a browser asks that reaches the proxy by its name. */
function ask(
  { origin }: Proxy,
  path: string,
  { method = "GET", headers = {}, body }: {
    method?: string;
    headers?: Record<string, string>;
    body?: unknown;
  } = {},
): Promise<Answer> {
  const { host, port } = new URL(origin);
  const options = {
    ...{ host: "127.0.0.1", port, servername: HOST, method, path, rejectUnauthorized: false },
    agent: false as const,
    headers: { host, origin, "content-type": "application/json", ...headers },
  };
  return new Promise((resolve, reject) => {
    const sent = request(options, (answer) => {
      let text = "";
      answer.on("data", (data) => text += data);
      answer.on("end", () => {
        const { statusCode = 0, headers } = answer;
        resolve({ status: statusCode, cookies: headers["set-cookie"] ?? [], text });
      });
    });
    sent.on("error", reject);
    sent.end(body === undefined ? "" : JSON.stringify(body));
  });
}

/** Caddy adds one of its own, for the node. */
function kept({ cookies }: Answer): string {
  return cookies.map((cookie) => cookie.split(";")[0]!).join("; ");
}

/** A proxy that has just started may have no certificate yet. */
function isReady(proxy: Proxy): Promise<void> {
  return eventually(async () => void await ask(proxy, "/healthz"));
}

type Start = (edit: (file: string) => string, port: number, behind: number) => Promise<Proxy>;

const PROXIES: [program: string, start: Start, asksFirst: (file: string, at: string) => string][] =
  [
    ["nginx", startNginxWith, nginxThatAsks],
    ["caddy", startCaddyWith, caddyThatAsks],
  ];

const PAGE = await Deno.readTextFile(new URL("../docs/single-sign-on.md", import.meta.url));

/** The lines of the page for one of them, with whoever is asked at another address. */
function linesFor(program: string, at: string): string {
  const [, lines] = new RegExp(`^\`\`\`${program}\\n([\\s\\S]*?)^\`\`\`$`, "m").exec(PAGE)!;
  assert.match(lines!, /127\.0\.0\.1:9091/);
  return lines!.replaceAll("127.0.0.1:9091", at);
}

function nginxThatAsks(site: string, at: string): string {
  const lines = linesFor("nginx", at).split("\n");
  const changed = site.replace(
    "    location / {\n",
    (location) => `${lines.slice(3).join("\n")}${location}${lines.slice(0, 3).join("\n")}\n`,
  );
  assert.notEqual(changed, site);
  return changed;
}

function caddyThatAsks(file: string, at: string): string {
  const changed = file.replace(/^\t*reverse_proxy /m, (line) => linesFor("caddyfile", at) + line);
  assert.notEqual(changed, file);
  return changed;
}

const LIES = { "x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "http" };

for (const [program, start, asksFirst] of PROXIES) {
  withProgram(program, `through ${program} nobody is whom they say in a header`, async () => {
    const port = freePort();
    const env = {
      CONFAB_ORIGIN: `https://${HOST}:${port}`,
      CONFAB_TRUST_PROXY: "1",
      CONFAB_USER_HEADER: "Remote-User",
    };
    await using confab = await startProgram({ env });
    await using proxy = await start((file) => file, port, confab.port);
    await isReady(proxy);
    const body = { username: "ann", password: "a long walk to the sea" };
    const ann = await ask(proxy, "/api/signup", { method: "POST", body, headers: LIES });
    assert.equal(ann.status, 201, ann.text);
    assert.match(ann.cookies.join("\n"), /^__Host-\S+; .*\bSecure\b/m);
    const wrong = { ...body, password: "a short walk to the sea" };
    await ask(proxy, "/api/login", { method: "POST", body: wrong, headers: LIES });
    const cookie = kept(ann);
    for (const path of ["/api/me/sessions", "/api/audit"]) {
      // Nobody waits for the log to be written when a sign-in has failed.
      await eventually(async () => {
        const { status, text } = await ask(proxy, path, { headers: { cookie } });
        assert.equal(status, 200, text);
        assert.match(text, /"address":"127\.0\.0\.1"/, path);
        assert.doesNotMatch(text, /203\.0\.113\.9/, path);
      });
    }
    for (const name of ["Remote-User", "remote-user", "REMOTE-USER"]) {
      const lie = await ask(proxy, "/login", { headers: { [name]: "ann", ...LIES } });
      assert.deepEqual(
        [lie.status, /__Host-/.test(lie.cookies.join())],
        [200, false],
        "the page, and nobody is signed in",
      );
    }
    const believed = await fetch(`http://127.0.0.1:${confab.port}/login`, {
      headers: { "remote-user": "eve", "x-forwarded-proto": "https", host: `${HOST}:${port}` },
      redirect: "manual",
    });
    await believed.body?.cancel();
    assert.equal(believed.status, 303, "what the proxy itself says is believed");
  });

  withProgram(program, `${program} asks first who somebody is, as the page says it`, async () => {
    const port = freePort();
    const env = {
      CONFAB_ORIGIN: `https://${HOST}:${port}`,
      CONFAB_TRUST_PROXY: "1",
      CONFAB_USER_HEADER: "Remote-User",
      CONFAB_SIGNUP: "open",
    };
    await using confab = await startProgram({ env });
    const asked = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (who) => {
      const known = who.headers.get("cookie")?.includes("portal=ben") === true;
      const headers = known ? { "remote-user": "ben", "remote-name": "Ben Lee" } : undefined;
      return new Response(null, { status: known ? 200 : 401, headers: headers ?? {} });
    });
    const at = `127.0.0.1:${asked.addr.port}`;
    await using proxy = await start((file) => asksFirst(file, at), port, confab.port);
    try {
      await isReady(proxy);
      const body = { username: "ann", password: "a long walk to the sea" };
      const first = await ask(proxy, "/api/signup", {
        method: "POST",
        body,
        headers: { cookie: "portal=ben" },
      });
      assert.equal(first.status, 201, first.text);
      const stranger = await ask(proxy, "/login", { headers: { "remote-user": "ann" } });
      assert.ok([302, 401].includes(stranger.status), String(stranger.status));
      const ben = await ask(proxy, "/login", {
        headers: { cookie: "portal=ben", "remote-user": "ann", "remote-name": "Ann" },
      });
      assert.equal(ben.status, 303, ben.text);
      const cookie = kept(ben);
      const me = await ask(proxy, "/api/me", { headers: { cookie: `portal=ben; ${cookie}` } });
      const { username, displayName } = JSON.parse(me.text);
      assert.deepEqual({ username, displayName }, { username: "ben", displayName: "Ben Lee" });
    } finally {
      await asked.shutdown();
    }
  });
}
