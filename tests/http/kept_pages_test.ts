/** Pages that are kept as bytes: for the same alone, and no more of them than fit. */
import assert from "node:assert/strict";
import { brotliDecompressSync } from "node:zlib";
import { h } from "preact";
import { createFreshApp } from "../../lib/fresh/app.ts";
import { PageCompression } from "../../lib/fresh/page_compression.ts";
import { keptPage } from "../../lib/http/answer_kept.ts";
import { KeptPages } from "../../lib/http/kept_pages.ts";
import type { Ctx, State } from "../../lib/http/state.ts";
import { CurrentWorkspace } from "../../lib/workspace/current_workspace.ts";

const INFO: Deno.ServeHandlerInfo = {
  remoteAddr: { transport: "tcp", hostname: "192.0.2.7", port: 1234 },
  completed: Promise.resolve(),
};

function setUp(mostBytes?: number) {
  const workspace = new CurrentWorkspace();
  const keptPages = new KeptPages(mostBytes);
  const rendered: string[] = [];
  async function ask(data: unknown, { language = "en", route = "/login" } = {}) {
    // Of a request, what decides the page; the cast leaves out the rest.
    const ctx = {
      route,
      state: { language, services: { workspace, keptPages } },
    } as unknown as Ctx;
    const response = await keptPage(ctx, data, () => {
      const html = `${route} ${language} ${workspace.get("name")} ${JSON.stringify(data)}`;
      rendered.push(html);
      return Promise.resolve(new Response(html));
    });
    assert.equal(response.headers.get("content-type"), "text/html; charset=utf-8");
    return await response.text();
  }
  return { workspace, keptPages, rendered, ask };
}

Deno.test("a page that was asked for is not rendered again", async () => {
  const { ask, rendered } = setUp();
  const first = await ask({ next: "/" });
  assert.equal(await ask({ next: "/" }), first);
  assert.equal(rendered.length, 1);
});

Deno.test("in another language, for another way on, at another address it is another page", async () => {
  const { ask, rendered } = setUp();
  for (let i = 0; i < 2; i++) {
    assert.match(await ask({ next: "/" }), /^\/login en .*"\/"/);
    assert.match(await ask({ next: "/" }, { language: "ru" }), /^\/login ru .*"\/"/);
    assert.match(await ask({ next: "/rooms/1" }), /^\/login en .*"\/rooms\/1"/);
    assert.match(await ask({ next: "/" }, { route: "/signup" }), /^\/signup en/);
  }
  assert.equal(rendered.length, 4);
});

Deno.test("what staff call the workspace is on the next page that is asked for", async () => {
  const { ask, workspace } = setUp();
  await ask({});
  workspace.replace({ name: "Harbour School" });
  assert.match(await ask({}), /Harbour School/);
  workspace.replace({});
  assert.doesNotMatch(await ask({}), /Harbour School/);
});

Deno.test("those are kept that were asked for last, and all together take no more than their bound", async () => {
  const { ask, rendered, keptPages } = setUp(20_000);
  for (let i = 0; i < 500; i++) {
    await ask({ next: `/rooms/${i}` });
    await ask({ next: "/" });
    assert.ok(keptPages.bytes <= 20_000);
  }
  assert.equal(rendered.filter((html) => html.includes('"next":"/"')).length, 1);
  assert.ok(keptPages.bytes > 8_000);
  const { bytes } = keptPages;
  await ask({ next: "/".padEnd(1_000, "x") });
  assert.equal(keptPages.bytes, bytes, "a long one puts no others out");
});

Deno.test("a page that was compressed for who asked is theirs alone", async () => {
  const compression = new PageCompression();
  await compression.load();
  const services = { workspace: new CurrentWorkspace(), keptPages: new KeptPages() };
  const state = { language: "en", services };
  const app = createFreshApp<State>({
    files: [{
      path: "login.tsx",
      module: {
        handler: (ctx: Ctx) =>
          keptPage(ctx, "data", () => ctx.render(h("p", null, "a long address ".repeat(2_000)))),
      },
    }],
    compression,
    // Of the state, what decides the page; the cast leaves out the rest.
    state: () => state as unknown as State,
    onError: (error) => Promise.reject(error),
  });
  for (const accepted of ["br", "gzip", "identity", "br"]) {
    const headers = { "accept-encoding": accepted };
    const answer = await app.fetch(new Request("http://chat.test/login", { headers }), INFO);
    const body = new Uint8Array(await answer.arrayBuffer());
    const coding = answer.headers.get("content-encoding");
    if (accepted !== "br") assert.equal(coding, null, accepted);
    const page = new TextDecoder().decode(coding === null ? body : brotliDecompressSync(body));
    assert.match(page, /^<!DOCTYPE html><p>a long address /, accepted);
  }
});
