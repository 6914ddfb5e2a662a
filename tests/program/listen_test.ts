/** Listening: on a free port, and again when the server ends without being asked. */
import assert from "node:assert/strict";
import { StartError } from "../../lib/program/data_folder.ts";
import { listen, type Serve } from "../../lib/program/listen.ts";
import { createLogger } from "../../lib/program/log.ts";

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
