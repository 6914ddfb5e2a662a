/** TLS by the program itself: pages and sockets, and certificates that are renewed while it runs. */
import assert from "node:assert/strict";
import { eventually } from "../support/browser.ts";
import {
  type CertificateFiles,
  makeCertificate,
  makeExpired,
  shownName,
  trusting,
} from "../support/certificate.ts";
import { type Program, runProgram, startProgram } from "../support/program.ts";
import { withProgram } from "../support/proxy.ts";

/** Two looks, two seconds apart, and a busy machine. */
const RENEWED_WITHIN = 20_000;

/** Deno's WebSocket takes headers and a client; the browsers' types hide it. */
const ClientWebSocket = WebSocket as unknown as new (
  url: string,
  options: { headers: Record<string, string>; client: Deno.HttpClient },
) => WebSocket;

function until(check: () => void, patience?: number): Promise<void> {
  // deno-lint-ignore require-await -- what it throws is to be a rejection
  return eventually(async () => check(), patience);
}

class Visitor implements Disposable {
  readonly #client: Deno.HttpClient;
  constructor(readonly url: string, ...certs: string[]) {
    this.#client = trusting(...certs);
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const options: RequestInit & { client: Deno.HttpClient } = { ...init, client: this.#client };
    return fetch(this.url + path, { ...options, redirect: "manual" });
  }

  async signUp(username: string): Promise<{ token: string; cookie: string }> {
    const response = await this.fetch("/api/signup", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ username, password: "a long walk to the sea" }),
    });
    assert.equal(response.status, 201);
    return {
      token: (await response.json()).token,
      cookie: response.headers.get("set-cookie") ?? "",
    };
  }

  open(token: string): Talk {
    const url = `${this.url.replace(/^http/, "ws")}/chat`;
    const headers = { authorization: `Bearer ${token}` };
    return new Talk(new ClientWebSocket(url, { headers, client: this.#client }));
  }

  [Symbol.dispose]() {
    this.#client.close();
  }
}

class Talk {
  readonly events: Record<string, unknown>[] = [];
  closed = false;
  constructor(readonly socket: WebSocket) {
    socket.onmessage = ({ data }) => void this.events.push(...[JSON.parse(data)].flat());
    socket.onclose = () => this.closed = true;
  }

  async sees(type: string): Promise<void> {
    await until(() => assert.ok(this.events.some((event) => event.type === type), type));
  }

  /** An answer to something that was sent now: the socket is alive both ways. */
  async answers(): Promise<void> {
    const ref = `r${this.events.length}`;
    this.socket.send(JSON.stringify({ type: "nothing-of-that-name", ref }));
    await until(() => assert.ok(this.events.some((event) => event.ref === ref)));
    assert.equal(this.closed, false);
  }

  async end(): Promise<void> {
    this.socket.close();
    await until(() => assert.ok(this.closed));
  }
}

function tlsTest(name: string, test: (folder: string, files: CertificateFiles) => Promise<void>) {
  withProgram("openssl", name, async () => {
    const folder = await Deno.makeTempDir();
    try {
      await test(folder, await makeCertificate(folder, "one"));
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

function start({ cert, key }: CertificateFiles): Promise<Program> {
  return startProgram({ env: { CONFAB_TLS_CERT: cert, CONFAB_TLS_KEY: key } });
}

async function shows(program: Program, name: string): Promise<void> {
  await eventually(async () => assert.equal(await shownName(program.port), name), RENEWED_WITHIN);
}

tlsTest(
  "pages and sockets come over TLS, cookies are for TLS only, and browsers are told to stay",
  async (_, files) => {
    await using program = await start(files);
    assert.match(program.url, /^https:\/\/localhost:\d+$/);
    using ann = new Visitor(program.url, files.cert);
    const page = await ann.fetch("/login");
    await page.body?.cancel();
    assert.equal(page.headers.get("strict-transport-security"), "max-age=31536000");
    const { token, cookie } = await ann.signUp("ann");
    assert.match(cookie, /^__Host-confab_\w+=.*; Secure/);
    const login = await ann.fetch("/login", { headers: { "accept-encoding": "gzip" } });
    assert.match(await login.text(), /<form/);
    const talk = ann.open(token);
    await talk.sees("ready");
    await talk.answers();
    await talk.end();
  },
);

tlsTest(
  "renewed files are used for new connections, and sockets that are open stay open",
  async (folder, one) => {
    const two = await makeCertificate(folder, "two");
    const three = await makeCertificate(folder, "three");
    const four = await makeCertificate(folder, "four");
    // As certbot keeps them: links that lead into another folder.
    await Deno.mkdir(`${folder}/live`);
    const live = { cert: `${folder}/live/full.pem`, key: `${folder}/live/key.pem` };
    await Deno.symlink(one.cert, live.cert);
    await Deno.symlink(one.key, live.key);
    await using program = await start(live);
    using visitor = new Visitor(program.url, one.cert, two.cert, three.cert, four.cert);
    const { token } = await visitor.signUp("ann");
    const talks = [visitor.open(token)];
    await talks[0]!.sees("ready");
    await shows(program, "one");

    const renewals: [string, () => Promise<void>][] = [
      ["two", async () => { // links swapped
        for (const part of ["cert", "key"] as const) {
          await Deno.symlink(two[part], `${folder}/live/next`);
          await Deno.rename(`${folder}/live/next`, live[part]);
        }
      }],
      ["three", async () => { // files in the place of the links, the key first
        for (const part of ["key", "cert"] as const) {
          await Deno.copyFile(three[part], `${folder}/live/next`);
          await Deno.rename(`${folder}/live/next`, live[part]);
        }
      }],
      ["four", async () => { // written over what is there
        await Deno.writeTextFile(live.cert, await Deno.readTextFile(four.cert));
        await Deno.writeTextFile(live.key, await Deno.readTextFile(four.key));
      }],
    ];
    for (const [name, renew] of renewals) {
      await renew();
      await shows(program, name);
      talks.push(visitor.open(token));
      await talks.at(-1)!.sees("ready");
      for (const talk of talks) await talk.answers();
    }
    assert.doesNotMatch(program.stderr(), / error /);
    assert.equal(program.stderr().match(/ info the certificate on the disk is in use/g)?.length, 3);
    for (const talk of talks) await talk.end();
  },
);

tlsTest(
  "a pair that does not fit is told once and not used; the one before goes on",
  async (folder, one) => {
    const other = await makeCertificate(folder, "other");
    await using program = await start(one);
    using visitor = new Visitor(program.url, one.cert);
    const { token } = await visitor.signUp("ann");
    const talk = visitor.open(token);
    await talk.sees("ready");
    await Deno.writeTextFile(one.key, await Deno.readTextFile(other.key));
    await until(
      () => assert.match(program.stderr(), / error .* stays in use/),
      RENEWED_WITHIN,
    );
    assert.match(program.stderr(), /fault="The key \S+ \(CONFAB_TLS_KEY\) does not belong/);
    assert.equal(await shownName(program.port), "one");
    await talk.answers();
    await talk.end();
    assert.equal(program.stderr().match(/stays in use/g)?.length, 1);
  },
);

tlsTest(
  "who does not speak TLS, or half of it, or breaks it off, harms nobody else",
  async (_, files) => {
    await using program = await start(files);
    const words = [
      "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
      "\x16\x03\x01\x02\x00\x01",
      "",
      "\0".repeat(5_000),
    ];
    const strangers = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const stranger = await Deno.connect({ hostname: "127.0.0.1", port: program.port });
        await stranger.write(new TextEncoder().encode(words[index % words.length]!));
        return stranger;
      }),
    );
    strangers.slice(0, 20).forEach((stranger) => stranger.close());
    using ann = new Visitor(program.url, files.cert);
    const { token } = await ann.signUp("ann");
    const talk = ann.open(token);
    await talk.sees("ready");
    await talk.end();
    strangers.slice(20).forEach((stranger) => stranger.close());
    assert.doesNotMatch(program.stderr(), / error /);
  },
);

tlsTest("a certificate that has expired is spoken of in the log", async (folder, { key }) => {
  await using program = await start({ key, cert: await makeExpired(folder, key) });
  await until(() => assert.match(program.stderr(), / warn the certificate has expired: /));
});

tlsTest(
  "files that are missing or do not belong together are told in a sentence, and the exit code is 1",
  async (folder, one) => {
    const other = await makeCertificate(folder, "other");
    const run = (cert: string, key: string) =>
      runProgram({
        dataDir: `${folder}/data`,
        env: { CONFAB_TLS_CERT: cert, CONFAB_TLS_KEY: key },
      });
    const missing = await run(`${folder}/none.crt`, one.key);
    assert.equal(missing.code, 1);
    assert.match(missing.stderr, /^Cannot read the certificate \S+ \(CONFAB_TLS_CERT\): [^\n]+\n$/);
    const mismatch = await run(one.cert, other.key);
    assert.equal(mismatch.code, 1);
    assert.match(mismatch.stderr, /^The key \S+ \(CONFAB_TLS_KEY\) does not belong [^\n]+\n$/);
    const half = await runProgram({ env: { CONFAB_TLS_CERT: one.cert } });
    assert.equal(half.code, 2);
  },
);
