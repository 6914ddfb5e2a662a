/** The adapter: routes/ in Fresh's shape, answered over Hono. */
import assert from "node:assert/strict";
import { createFreshApp, type FreshOptions } from "../../lib/fresh/app.ts";
import { createDefine, HttpError, page, type PageProps } from "../../lib/fresh/mod.ts";
import type { RouteFile } from "../../lib/fresh/route_files.ts";

interface State {
  path: string[];
}

const define = createDefine<State>();
const INFO: Deno.ServeHandlerInfo = {
  remoteAddr: { transport: "tcp", hostname: "192.0.2.7", port: 1234 },
  completed: Promise.resolve(),
};

function appOf(
  files: Record<string, RouteFile["module"]>,
  more: Partial<FreshOptions<State>> = {},
) {
  const app = createFreshApp<State>({
    files: Object.entries(files).map(([path, module]) => ({ path, module })),
    state: () => ({ path: [] }),
    onError: (error, _ctx, renderError) =>
      renderError(error, { status: error instanceof HttpError ? error.status : 500 }),
    ...more,
  });
  return async (path: string, init?: RequestInit) =>
    await app.fetch(new Request(`http://chat.test${path}`, init), INFO);
}

const text = async (response: Response | Promise<Response>) => await (await response).text();
const says = (words: string) => ({ handler: define.handlers({ GET: () => new Response(words) }) });

Deno.test("a file's path is its address, parameters in brackets", async () => {
  const params = { handler: define.handlers((ctx) => Response.json(ctx.params)) };
  const get = appOf({
    "index.tsx": says("home"),
    "login.tsx": says("login"),
    "rooms/[id]/index.tsx": params,
    "rooms/[id]/[seq].tsx": params,
    "rooms/new.ts": says("new"),
    "api/messages/[id]/reactions/[emoji].ts": params,
    "files/[...path].ts": params,
  });
  assert.equal(await text(get("/")), "home");
  assert.equal(await text(get("/login")), "login");
  assert.equal(await text(get("/rooms/new")), "new", "a fixed segment wins over a parameter");
  assert.deepEqual(await (await get("/rooms/7")).json(), { id: "7" });
  assert.deepEqual(await (await get("/rooms/7/12")).json(), { id: "7", seq: "12" });
  assert.deepEqual(await (await get("/files/a/b.txt")).json(), { path: "a/b.txt" });
  assert.deepEqual(
    await (await get(`/api/messages/3/reactions/${encodeURIComponent("👍")}`)).json(),
    { id: "3", emoji: "👍" },
  );
});

Deno.test("an address that no file has is 404, also for broken percent-encoding", async () => {
  const get = appOf({ "index.tsx": says("home"), "rooms/[id].tsx": says("room") });
  for (const path of ["/nowhere", "/rooms", "/rooms/1/2/3", "/%ff%fe/x"]) {
    assert.equal((await get(path)).status, 404, path);
  }
  assert.equal((await get("/rooms/%ff")).status, 200, "what it means is for the route to say");
});

Deno.test("an address with a slash behind it is the same address: bookmarks and scripts have them", async () => {
  const get = appOf({
    "index.tsx": says("home"),
    "login.tsx": says("login"),
    "api/rooms/index.ts": says("rooms"),
    "rooms/[id]/index.tsx": says("room"),
  });
  assert.equal(await text(get("/login/")), "login");
  assert.equal(await text(get("/api/rooms/")), "rooms");
  assert.equal(await text(get("/rooms/7/?x=1")), "room");
  for (const path of ["/login//", "/rooms/"]) {
    assert.equal((await get(path)).status, 404, path);
  }
});

Deno.test("a method without a handler is 405 and says which there are", async () => {
  const get = appOf({
    "a.ts": { handler: define.handlers({ GET: () => new Response("x"), PUT: () => page() }) },
  });
  const refused = await get("/a", { method: "DELETE" });
  assert.equal(refused.status, 405);
  assert.equal(refused.headers.get("allow"), "GET, PUT, HEAD");
  assert.equal((await get("/a", { method: "GET" })).status, 200);
});

Deno.test("HEAD answers as GET does, without the body", async () => {
  const get = appOf({
    "a.ts": {
      handler: define.handlers({ GET: () => new Response("body", { headers: { "x-a": "1" } }) }),
    },
    "b.ts": { handler: define.handlers({ POST: () => new Response("x") }) },
  });
  const head = await get("/a", { method: "HEAD" });
  assert.equal(head.status, 200);
  assert.equal(head.headers.get("x-a"), "1");
  assert.equal(await head.text(), "");
  assert.equal((await get("/b", { method: "HEAD" })).status, 405);
});

Deno.test("HEAD leaves nothing open that GET's body is read from", async () => {
  let ended = false;
  const GET = () =>
    new Response(new ReadableStream({ cancel: () => void (ended = true) }), {
      headers: { "x-kept": "yes" },
    });
  const get = appOf({ "a.ts": { handler: { GET } } });
  const head = await get("/a", { method: "HEAD" });
  assert.deepEqual([await head.text(), head.headers.get("x-kept"), ended], ["", "yes", true]);
});

Deno.test("a handler's data is rendered by the page, inside its layouts and the app", async () => {
  const handler = define.handlers({
    GET: (ctx) => page({ room: ctx.params["id"]! }, { status: 203, headers: { "x-p": "1" } }),
  });
  const get = appOf({
    "_app.tsx": {
      default: ({ Component, url }: PageProps<unknown, State>) => (
        <html lang="en">
          <body data-path={url.pathname}>
            <Component />
          </body>
        </html>
      ),
    },
    "rooms/_layout.tsx": {
      default: define.layout(({ Component }) => (
        <main>
          <Component />
        </main>
      )),
    },
    "rooms/[id].tsx": {
      handler,
      default: define.page<typeof handler>(({ data }) => <h1>{data.room}</h1>),
    },
    "plain.tsx": { default: () => <p>plain</p> },
  });
  const response = await get("/rooms/%3Cb%3E");
  assert.equal(response.status, 203);
  assert.equal(response.headers.get("x-p"), "1");
  assert.equal(response.headers.get("content-type"), "text/html; charset=utf-8");
  assert.equal(
    await response.text(),
    '<!DOCTYPE html><html lang="en"><body data-path="/rooms/%3Cb%3E"><main><h1>&lt;b></h1></main></body></html>',
  );
  assert.match(await text(get("/plain")), /<body data-path="\/plain"><p>plain<\/p><\/body>/);
});

Deno.test("middlewares run from the root inwards, for their folder only", async () => {
  const trace = (name: string) =>
    define.middleware(async (ctx) => {
      ctx.state.path.push(name);
      const response = await ctx.next();
      response.headers.append("x-after", name);
      return response;
    });
  const route = { handler: define.handlers((ctx) => new Response(ctx.state.path.join(" "))) };
  const get = appOf({
    "_middleware.ts": { default: trace("root") },
    "api/_middleware.ts": { default: [trace("api"), trace("api2")] },
    "api/me.ts": route,
    "apis.ts": route,
  });
  const inner = await get("/api/me");
  assert.equal(await inner.text(), "root api api2");
  assert.equal(inner.headers.get("x-after"), "api2, api, root");
  assert.equal(await text(get("/apis")), "root");
  assert.equal((await get("/missing")).headers.get("x-after"), "root", "also around a 404");
});

Deno.test("a middleware may answer itself, and the route does not run", async () => {
  let ran = false;
  const get = appOf({
    "_middleware.ts": { default: define.middleware((ctx) => ctx.redirect("/login", 303)) },
    "index.tsx": {
      handler: () => {
        ran = true;
        return new Response();
      },
    },
  });
  const response = await get("/");
  assert.equal(response.status, 303);
  assert.equal(response.headers.get("location"), "/login");
  assert.equal(ran, false);
});

Deno.test("what a handler throws goes to onError, and middlewares see its response", async () => {
  const seen: unknown[] = [];
  const fault = new Error("a fault");
  const get = appOf({
    "_middleware.ts": {
      default: define.middleware(async (ctx) => {
        const response = await ctx.next();
        response.headers.set("x-safe", "1");
        return response;
      }),
    },
    "_error.tsx": {
      default: ({ error }: PageProps<unknown, State>) => <p>{(error as Error).message}</p>,
    },
    "a.ts": {
      handler: () => {
        throw fault;
      },
    },
  }, {
    onError: (error, ctx, renderError) => {
      seen.push(error, ctx.route);
      return renderError(new Error("sorry"), { status: 500 });
    },
  });
  const response = await get("/a");
  assert.equal(response.status, 500);
  assert.equal(response.headers.get("x-safe"), "1");
  assert.equal(await response.text(), "<!DOCTYPE html><p>sorry</p>");
  assert.deepEqual(seen, [fault, "/a"]);
});

Deno.test("a redirect to a path never leaves the site", async () => {
  const get = appOf({
    "to.ts": {
      handler: define.handlers((ctx) => ctx.redirect(ctx.url.searchParams.get("next") ?? "/")),
    },
  });
  const location = async (next: string) =>
    (await get(`/to?next=${encodeURIComponent(next)}`)).headers.get("location");
  assert.equal(await location("/rooms/1?a=//b"), "/rooms/1?a=//b");
  assert.equal(await location("//evil.test/x"), "/evil.test/x");
  assert.equal(await location("/\\evil.test"), "/evil.test");
  assert.equal(await location("\\/evil.test"), "/evil.test");
  assert.equal(await location("https://other.test/"), "https://other.test/");
  for (const hidden of ["/\t/evil.test", "/\n\\evil.test", "/./\t/evil.test", "/a/..//evil.test"]) {
    assert.equal(await location(hidden), "/evil.test", JSON.stringify(hidden));
  }
});

Deno.test("a redirect to a path with letters of any script is written in ASCII", async () => {
  const get = appOf({
    "to.ts": { handler: define.handlers((ctx) => ctx.redirect("/комната/ü?q=ё#ж", 303)) },
  });
  const answer = await get("/to");
  assert.equal(answer.status, 303);
  const location = answer.headers.get("location")!;
  assert.match(location, /^[!-~]+$/);
  assert.equal(decodeURI(location), "/комната/ü?q=ё#ж");
});

Deno.test("a WebSocket's upgrade response reaches the server untouched", async () => {
  const upgrade = new Response(null);
  const app = createFreshApp<State>({
    files: [
      { path: "_middleware.ts", module: { default: define.middleware((ctx) => ctx.next()) } },
      { path: "chat.ts", module: { handler: () => upgrade } },
    ],
    state: () => ({ path: [] }),
    onError: () => new Response(null, { status: 500 }),
  });
  assert.equal(await app.fetch(new Request("http://chat.test/chat"), INFO), upgrade);
});

Deno.test("a route file that exports nothing usable stops the start with its name", () => {
  assert.throws(() => appOf({ "rooms/odd.ts": {} }), /routes\/rooms\/odd\.ts exports neither/);
  assert.throws(() => appOf({ "_app.tsx": {}, "a.ts": says("x") }), /routes\/_app\.tsx has no/);
  assert.throws(() => appOf({ "_middleware.ts": {}, "a.ts": says("x") }), /no middleware/);
});

Deno.test("a route that comes later is loaded with its first request, inside the same middlewares, and once", async () => {
  const outer = define.middleware((ctx) => {
    ctx.state.path.push("outer");
    return ctx.next();
  });
  const module = {
    handler: define.handlers({ GET: ({ state }) => Response.json(state.path) }),
  };
  let loads = 0;
  const load = () => {
    loads++;
    return loads === 1 ? Promise.reject(new Error("no memory")) : Promise.resolve(module);
  };
  const files = [{ path: "_middleware.ts", module: { default: outer } }, {
    path: "later.ts",
    load,
  }];
  const get = appOf({}, { files });
  assert.equal((await get("/nowhere")).status, 404);
  assert.equal(loads, 0);
  assert.equal((await get("/later")).status, 500, "what keeps it from loading is its request's");
  assert.deepEqual(await (await get("/later")).json(), ["outer"]);
  assert.deepEqual(await (await get("/later")).json(), ["outer"]);
  assert.equal(loads, 2);
  assert.equal((await get("/later", { method: "POST" })).status, 405);
});
