/**
 * Requests that no browser sends: hosts that are none, odd targets, every route with methods,
 * headers and bodies that it does not expect. None of them is a fault of ours: no 500, no stack.
 */
import assert from "node:assert/strict";
import { connect } from "node:http2";
import { patternOf, routePaths } from "../../lib/fresh/route_files.ts";
import type { Person } from "../support/chat_client.ts";
import { createRandom, type Random } from "../support/random.ts";
import { exchange, requestText } from "../support/raw_http.ts";
import { houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

const host = () => new URL(house.url).host;
const get = (target: string, headers: Record<string, string> = {}) =>
  exchange(house.url, requestText("GET", target, { host: host(), ...headers }));

test("a Host that is none is a bad request, and leads to no other route", async () => {
  const hosts = ["", " ", "a b", "[::1", "h:99999", "h:x", "h@x", "h#", "h\\", "\xff\xfe", "a,b"];
  const routes = ["h/healthz?", "h/healthz#", "h/healthz", "h\\healthz?", "h?", "%68"];
  for (const odd of [...hosts, ...routes, "h".repeat(300), "h".repeat(64 * 1024)]) {
    for (const target of ["/rooms/1?q", "/api/me", "/healthz", "/favicon.svg"]) {
      const { status, rest } = await get(target, { host: odd });
      const what = `${JSON.stringify(odd.slice(0, 20))} ${target}`;
      assert.ok(status === 400 || status === 431, `${what}: ${status}`);
      assert.ok(!rest.includes('"status":"ok"'), what);
    }
  }
  const { status } = await exchange(house.url, "GET /healthz HTTP/1.1\r\n\r\n");
  assert.equal(status, 400, "no Host at all");
  const twice = `GET /healthz HTTP/1.1\r\nHost: ${host()}\r\nHost: evil.example\r\n\r\n`;
  assert.equal((await exchange(house.url, twice)).status, 400, "two of them");
  assert.equal((await get("/healthz")).status, 200);
});

test("a target that is not a path of this site is refused, and leads nobody away", async () => {
  for (const target of ["http://evil.example/login", "https://evil.example/", "ftp://x/", "*"]) {
    assert.equal((await get(target)).status, 400, target);
  }
  const own = await get(`http://${host()}/healthz`);
  assert.equal(own.status, 200, "with its own host it is the same address");
  const connected = await exchange(
    house.url,
    requestText("CONNECT", "evil.example:80", { host: host() }),
  );
  assert.equal(connected.status, 400);
  const person = await house.person();
  const signedIn = { authorization: `Bearer ${person.token}` };
  const odd = ["//evil.example/", "/\\evil.example", "/rooms/%ff", "/rooms/%zz", "/..", "/a/../b"];
  for (
    const target of [...odd, "/%5cevil.example", "/rooms/1/..\\..", "/login?next=//evil.example"]
  ) {
    for (const headers of [{}, signedIn]) {
      const { status, rest } = await get(target, headers);
      assert.ok(status < 500, `${target}: ${status}`);
      const location = /^location: (.*)$/im.exec(rest)?.[1];
      assert.ok(location === undefined || /^\/(?![/\\])/.test(location), `${target}: ${location}`);
    }
  }
});

test("HTTP/2 without TLS is refused: nothing that speaks it comes here", async () => {
  const session = connect(house.url);
  const ended = new Promise((resolve) => session.once("close", resolve));
  for (const headers of [{}, { ":authority": "h" }, { ":path": "/api/login", ":method": "POST" }]) {
    const stream = session.request({ ":path": "/healthz", ...headers });
    const status = await new Promise((resolve) => {
      stream.once("response", (answer) => resolve(answer[":status"]));
      stream.end();
    });
    assert.equal(status, 400);
    stream.close();
  }
  session.destroy();
  await ended;
});

const PARAMETERS = [
  "1",
  "0",
  "-1",
  "1.5",
  "%31",
  "%ff",
  "%00",
  "%E0%A4%A",
  "..",
  "99999999999999999",
];
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"];
const BODIES = [
  "",
  "{",
  "null",
  "[]",
  "{}",
  '{"a":1}',
  '{"__proto__":{}}',
  "a=b&%ff=%",
  "\xff\x00",
];
const TYPES = [
  "application/json",
  "application/x-www-form-urlencoded",
  "text/plain",
  "x",
  "/;;",
  "",
];
const QUERIES = ["", "?", "?q=%ff", "?next=//x", "?q=1&q=2", "?before=x&limit=-1", "?__proto__=1"];
const HEADERS: Record<string, string>[] = [
  {},
  { accept: "text/html" },
  { cookie: "session=x; session=y; =; ;;; \xff" },
  { authorization: "Bearer \xff" },
  { authorization: "Basic eDp5" },
  { origin: "null", "sec-fetch-site": "\xff" },
  { origin: "http://[", "accept-language": "\xff,;q=x,*" },
  { "x-forwarded-for": "[::1, \xff,,", "x-forwarded-proto": "gopher" },
  { "if-none-match": '"', range: "bytes=5-1", "accept-encoding": ";q=,br;q=9" },
  { upgrade: "websocket", connection: "Upgrade", "sec-websocket-version": "13" },
  { upgrade: "h2c", "http2-settings": "AAMAAABkAAQAAP__" },
];

/** One of each list, and a caller or none: chosen, not made up, so that a failure can be repeated. */
function strangeRequest(random: Random, pattern: string, method: string, person: Person): string {
  const { pick } = random;
  const path = pattern.replaceAll(/:\w+/g, () => pick(PARAMETERS));
  const headers = {
    host: host(),
    "content-type": pick(TYPES),
    ...(random.below(2) === 0 ? { authorization: `Bearer ${person.token}` } : {}),
    ...pick(HEADERS),
  };
  const body = ["GET", "HEAD", "TRACE"].includes(method) ? "" : pick(BODIES);
  return requestText(method, path + pick(QUERIES), headers, body);
}

test("whatever is sent to whatever route, no answer says that we failed", async () => {
  const person = await house.person();
  const random = createRandom(9);
  const paths = await routePaths(new URL("../../routes/", import.meta.url));
  const patterns = paths.filter((path) => !/(^|\/)_/.test(path)).map(patternOf);
  assert.ok(patterns.length > 20);
  for (const pattern of [...patterns, "/nothing", "/assets/:x", "/favicon.svg"]) {
    for (const method of METHODS) {
      for (let variant = 0; variant < 6; variant++) {
        const request = strangeRequest(random, pattern, method, person);
        const { status, rest } = await exchange(house.url, request);
        assert.ok(status > 0 && status < 500, `${status} to ${JSON.stringify(request)}`);
        assert.doesNotMatch(rest, /\n\s+at .*\.[tj]s:\d/, "a stack in an answer");
      }
    }
  }
});

test("none of this left an error in the log", () => {
  assert.doesNotMatch(house.program.stderr(), / error |\n\s+at /);
  return Promise.resolve();
});
