/** Pages that strangers chose: what is asked, what is never asked, and what ends. */
import assert from "node:assert/strict";
import { FetchRefused } from "../../lib/links/fetching.ts";
import { isPublic } from "../../lib/links/public_address.ts";
import { createSafeFetch, type SafeFetchOptions } from "../../lib/links/safe_fetch.ts";
import { makeCertificate } from "../support/certificate.ts";

const PRIVATE =
  "127.0.0.1 127.1.2.3 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 0.0.0.0 " +
  "100.64.0.1 224.0.0.1 198.18.0.1 192.0.2.1 198.51.100.1 203.0.113.1 192.88.99.1 240.0.0.1 " +
  "255.255.255.255 ::1 :: fe80::1 fe80::1%eth0 fd00::1 fc00::1 fec0::1 ff02::1 ::ffff:127.0.0.1 " +
  "::ffff:7f00:1 ::ffff:8.8.8.8 64:ff9b::7f00:1 64:ff9b:1::7f00:1 2002:7f00:1:: 2001:db8::1 " +
  "::127.0.0.1 2001:0:1::1 2a00:1450::5efe:7f00:1 100::1 3fff::1 5f00::1 168.63.129.16 localhost example.com";

Deno.test("only addresses of the open internet are public", () => {
  for (const address of PRIVATE.split(" ")) assert.equal(isPublic(address), false, address);
  const open = "8.8.8.8 93.184.216.34 172.32.0.1 1.1.1.1 2606:4700::1111 2a00:1450:4001::200e";
  for (const address of open.split(" ")) assert.equal(isPublic(address), true, address);
});

/** A server of strangers, on this machine: under names that are allowed to lead here. */
class Strangers implements AsyncDisposable {
  readonly hits: string[] = [];
  readonly server: Deno.HttpServer<Deno.NetAddr>;
  readonly #endless = new Set<ReadableStreamDefaultController<Uint8Array>>();

  constructor(tls: { cert: string; key: string } | null = null) {
    this.server = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen() {}, ...tls },
      (request) => this.#answer(new URL(request.url), request),
    );
  }

  get port(): number {
    return this.server.addr.port;
  }

  async [Symbol.asyncDispose]() {
    await this.server.shutdown();
  }

  #answer(url: URL, request: Request): Response {
    this.hits.push(url.pathname);
    const to = url.searchParams.get("to");
    if (to !== null) return new Response(null, { status: 302, headers: { location: to } });
    switch (url.pathname) {
      case "/again":
        return new Response(null, { status: 302, headers: { location: "/again" } });
      case "/endless":
        return new Response(
          new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(65_536)) }),
        );
      case "/slow":
        return new Response(new ReadableStream({ start: (to) => void this.#endless.add(to) }));
      case "/packed":
        return new Response(packed(16), { headers: { "content-encoding": "gzip" } });
      default:
        return new Response(`host ${request.headers.get("host")}`, {
          headers: { "content-type": "text/html" },
        });
    }
  }
}

/** So many MiB of nothing. */
function packed(mebibytes: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  let left = mebibytes;
  const plain = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(to) {
      if (left-- === 0) to.close();
      else to.enqueue(new Uint8Array(1 << 20));
    },
  });
  return plain.pipeThrough(new CompressionStream("gzip"));
}

/** "pub.test" is the strangers' server; the rest is as the test says. */
function fetchOf(
  { port }: Strangers,
  names: Record<string, string[]> = {},
  more: SafeFetchOptions = {},
) {
  const fetch = createSafeFetch({
    ports: [80, 443, port],
    resolve: (host) => Promise.resolve(host === "pub.test" ? ["127.0.0.1"] : names[host] ?? []),
    allows: (address) => address === "127.0.0.1" || isPublic(address),
    ...more,
  });
  return async (address: string, { patience = 5_000, most = 1_000 } = {}) => {
    const options = { accept: "*/*", most, patience, signal: new AbortController().signal };
    return await fetch(new URL(address), options, async ({ url, status, body }) => {
      let bytes = 0;
      let text = "";
      for await (const chunk of body) {
        bytes += chunk.length;
        text += new TextDecoder().decode(chunk.subarray(0, 100));
      }
      return { url: url.href, status, bytes, text };
    });
  };
}

Deno.test("pages of strangers", async (t) => {
  await using strangers = new Strangers();
  const { port } = strangers;
  const site = `http://pub.test:${port}`;
  const fetch = fetchOf(strangers);
  const refused = async (address: string, using = fetch) => {
    strangers.hits.length = 0;
    await assert.rejects(using(address), FetchRefused, address);
    return strangers.hits;
  };

  await t.step("a page is fetched under its own name", async () => {
    const found = await fetch(`${site}/a?b=c`);
    assert.equal(found.url, `${site}/a?b=c`);
    assert.equal(found.text, `host pub.test:${port}`);
  });

  await t.step("no private address is asked, however it is written", async () => {
    const strict = fetchOf(strangers, {}, { allows: isPublic });
    for (
      const host of [
        "127.0.0.1",
        "[::1]",
        "0x7f.1",
        "2130706433",
        "0177.0.0.1",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "127.0.0.1.",
        "①②⑦.0.0.1",
        "0",
        "127.1",
        "pub.test",
      ]
    ) assert.deepEqual(await refused(`http://${host}:${port}/`, strict), [], host);
  });

  await t.step("a name with any private address is not asked", async () => {
    const names = {
      "evil.test": ["127.0.0.2"],
      "ten.test": ["10.0.0.5"],
      "mixed.test": ["127.0.0.1", "10.0.0.1"],
      "v6.test": ["::1"],
      "mapped.test": ["::ffff:127.0.0.1"],
      "meta.test": ["169.254.169.254"],
      "none.test": [],
    };
    for (const host of Object.keys(names)) {
      assert.deepEqual(await refused(`http://${host}:${port}/`, fetchOf(strangers, names)), []);
    }
  });

  await t.step("a redirect to what must not be asked is not followed", async () => {
    for (
      const to of [
        "http://169.254.169.254/latest",
        "http://localhost/",
        `http://127.0.0.2:${port}/`,
        `http://[::1]:${port}/`,
        "file:///etc/passwd",
        "gopher://pub.test/",
        "//0x7f.2/",
        "http://pub.test:22/",
        "http://a:b@pub.test/",
        "http://[",
        `${site}/${"x".repeat(3_000)}`,
      ]
    ) assert.equal((await refused(`${site}/?to=${encodeURIComponent(to)}`)).length, 1, to);
  });

  await t.step("a redirect to another page is followed, endless ones are not", async () => {
    const found = await fetch(`${site}/?to=${encodeURIComponent("/there?x=1")}`);
    assert.equal(found.url, `${site}/there?x=1`);
    assert.equal((await refused(`${site}/again`)).length, 6);
  });

  await t.step("names, passwords, other ports and schemes are refused", async () => {
    for (
      const address of [`http://a:b@pub.test:${port}/`, "http://pub.test:22/", "ftp://pub.test/"]
    ) {
      assert.deepEqual(await refused(address), [], address);
    }
  });

  await t.step("a name is looked up once: a second answer changes nothing", async () => {
    let asked = 0;
    const rebinding = fetchOf(strangers, {}, {
      resolve: () => Promise.resolve([asked++ === 0 ? "127.0.0.1" : "10.0.0.9"]),
    });
    assert.equal((await rebinding(`${site}/once`)).status, 200);
    assert.equal(asked, 1);
    // The second request, of a redirect, is a new question, whose answer is judged again.
    asked = 0;
    await assert.rejects(rebinding(`${site}/?to=${site}/twice`), FetchRefused);
    assert.equal(asked, 2);
  });

  await t.step("what never ends is cut off", async () => {
    assert.equal((await fetch(`${site}/endless`, { most: 100_000 })).bytes, 100_000);
  });

  await t.step("what is packed is bounded by what it unpacks to", async () => {
    assert.equal((await fetch(`${site}/packed`, { most: 300_000 })).bytes, 300_000);
  });

  await t.step("who says nothing is left after a while", async () => {
    await assert.rejects(fetch(`${site}/slow`, { patience: 300 }));
    const silent = fetchOf(strangers, {}, { resolve: () => new Promise(() => {}) });
    await assert.rejects(silent(`${site}/`, { patience: 100 }), { name: "TimeoutError" });
  });

  await t.step("the next address is tried where the first does not answer", async () => {
    const two = fetchOf(strangers, {}, {
      resolve: () => Promise.resolve(["127.0.0.9", "127.0.0.1"]),
      allows: () => true,
    });
    assert.equal((await two(`${site}/`)).status, 200);
  });
});

Deno.test("over TLS the certificate must be the name's, though the address is known", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const files = await makeCertificate(folder, "localhost");
    const [cert, key] = await Promise.all(
      [files.cert, files.key].map((path) => Deno.readTextFile(path)),
    );
    await using strangers = new Strangers({ cert: cert!, key: key! });
    const names = { localhost: ["127.0.0.1"], "other.test": ["127.0.0.1"] };
    const trusting = fetchOf(strangers, names, { ca: [cert!] });
    const { port } = strangers;
    assert.equal((await trusting(`https://localhost:${port}/`)).text, `host localhost:${port}`);
    await assert.rejects(trusting(`https://other.test:${port}/`));
    await assert.rejects(fetchOf(strangers, names)(`https://localhost:${port}/`));
    assert.equal(strangers.hits.length, 1);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a server that never ends its headers, or talks nonsense, is left", async () => {
  using listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const { port } = listener.addr;
  const serving = (async () => {
    for await (const connection of listener) void talk(connection);
  })();
  const strangers = { port } as Strangers; // only where it is
  const fetch = fetchOf(strangers);
  for (const path of ["headers", "nonsense", "closing"]) {
    await assert.rejects(fetch(`http://pub.test:${port}/${path}`, { patience: 3_000 }), path);
  }
  listener.close();
  await serving;
});

async function talk(connection: Deno.Conn): Promise<void> {
  const encoder = new TextEncoder();
  const question = new Uint8Array(1_024);
  try {
    const length = await connection.read(question) ?? 0;
    const asked = new TextDecoder().decode(question.subarray(0, length));
    if (asked.startsWith("GET /headers")) {
      await connection.write(encoder.encode("HTTP/1.1 200 OK\r\n"));
      for (;;) await connection.write(encoder.encode(`x: ${"y".repeat(8_000)}\r\n`));
    }
    if (asked.startsWith("GET /nonsense")) {
      await connection.write(encoder.encode("\0\x01 220 smtp\r\n"));
    }
  } catch {
    // The other end has gone.
  } finally {
    connection.close();
  }
}
