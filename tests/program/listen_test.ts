/** Listening: on a free port, and again when the server ends without being asked. */
import assert from "node:assert/strict";
import { StartError } from "../../lib/program/data_folder.ts";
import { listen, type Serve } from "../../lib/program/listen.ts";
import { createLogger } from "../../lib/program/log.ts";
import { makeCertificate, shownName } from "../support/certificate.ts";
import { withProgram } from "../support/proxy.ts";

const silent = createLogger({ level: "error", now: () => 0, write: () => {} });
const base = { host: "127.0.0.1", port: 0, log: silent, fetch: () => new Response("here") };

Deno.test("a free port is taken, answered, and given back", async () => {
  const listener = listen(base);
  const url = `http://127.0.0.1:${listener.port}/`;
  assert.equal(await (await fetch(url)).text(), "here");
  await listener.stop();
  await assert.rejects(fetch(url));
});

Deno.test("a port that another program has is told in one sentence", async () => {
  const listener = listen(base);
  assert.throws(
    () => listen({ ...base, port: listener.port }),
    (error) =>
      error instanceof StartError &&
      error.message.startsWith(
        `Cannot listen on 127.0.0.1, port ${listener.port}: another program`,
      ),
  );
  await listener.stop();
});

Deno.test("an address that is not this machine's is told in one sentence", () => {
  const cases = { "192.0.2.1": "this machine has no such address", "a.invalid": "no machine is" };
  for (const [host, why] of Object.entries(cases)) {
    assert.throws(
      () => listen({ ...base, host }),
      (error) =>
        error instanceof StartError &&
        error.message.startsWith(`Cannot listen on ${host}, port 0: ${why}`) &&
        error.message.endsWith("; HOST chooses another one."),
    );
  }
});

Deno.test("a handler that throws costs one request, not the server", async () => {
  const listener = listen({
    ...base,
    fetch: (request) => {
      if (request.url.endsWith("/bad")) throw new Error("a fault");
      return new Response("here");
    },
  });
  const status = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${listener.port}${path}`);
    await response.body?.cancel();
    return response.status;
  };
  assert.equal(await status("/bad"), 500);
  assert.equal(await status("/"), 200);
  await listener.stop();
});

Deno.test("when the server ends by itself, the same port is listened on again", async () => {
  // Shutting it down stands in for accept() failing, which only running out of files brings about.
  const servers: Deno.HttpServer<Deno.NetAddr>[] = [];
  const second = Promise.withResolvers<void>();
  const serve: Serve = (options, handler) => {
    servers.push(Deno.serve(options, handler));
    if (servers.length === 2) second.resolve();
    return servers.at(-1)!;
  };
  const lines: string[] = [];
  const log = createLogger({ level: "error", now: () => 0, write: (line) => lines.push(line) });
  const listener = listen({ ...base, log, serve, pause: () => Promise.resolve() });
  await servers[0]!.shutdown();
  await second.promise;
  assert.equal(await (await fetch(`http://127.0.0.1:${listener.port}/`)).text(), "here");
  assert.match(lines[0]!, /stopped listening; it listens again/);
  await listener.stop();
});

Deno.test("thousands who come back in one moment find a place to wait in", async () => {
  let places = 0;
  const serve: Serve = (options, handler) => {
    places = options.tcpBacklog ?? 511; // what the runtime takes
    return Deno.serve(options, handler);
  };
  await listen({ ...base, serve }).stop();
  assert.ok(places >= 4_096, `only ${places} places`);
});

withProgram(
  "openssl",
  "another certificate waits for the requests in progress, and then is shown at the same port",
  async () => {
    const folder = await Deno.makeTempDir();
    const pair = async (name: string) => {
      const { cert, key } = await makeCertificate(folder, name);
      return { cert: await Deno.readTextFile(cert), key: await Deno.readTextFile(key) };
    };
    const [one, two] = [await pair("one"), await pair("two")];
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<Response>();
    const fetchSlowly = () => {
      asked.resolve();
      return answer.promise;
    };
    const listener = listen({ ...base, certifiedKey: one, fetch: fetchSlowly });
    using client = Deno.createHttpClient({ caCerts: [one.cert, two.cert] });
    const options: RequestInit & { client: Deno.HttpClient } = { client };
    const url = `https://localhost:${listener.port}/`;
    const request = fetch(url, options);
    await asked.promise;
    const renewed = listener.renew(two);
    assert.equal(await shownName(listener.port), "one");
    answer.resolve(new Response("a slow answer"));
    assert.equal(await (await request).text(), "a slow answer");
    await renewed;
    assert.equal(await shownName(listener.port), "two");
    await listener.stop();
    await assert.rejects(fetch(url, options));
    await Deno.remove(folder, { recursive: true });
  },
);
