/** What a `connect` that fails leaves behind, against a server that breaks after the login. */
import assert from "node:assert/strict";
import { connect, type Credentials, type RequestError } from "../../lib/client/mod.ts";
import { CLOSE } from "../../lib/protocol/codes.ts";
import { modelMe } from "../support/model_server.ts";

const PASSWORD: Credentials = { username: "ping", password: "a password of the bot's own" };
const TOKEN: Credentials = { token: "opened-elsewhere" };

const me = (instance: string) => () => Response.json({ ...modelMe(1), sessionId: 7, instance });

interface Broken {
  me(): Response;
  /** The answer where the socket is opened. */
  chat?(request: Request): Response;
  logout?(): Response;
  code: RequestError["code"];
}

/** In each of its steps, `connect` may fail after the login. */
const BROKEN: Record<string, Broken> = {
  "the server does not say who that is": {
    me: () => Response.json({ code: "internal" }, { status: 500 }),
    code: "internal",
  },
  "the server's name for its database is no name for a folder": {
    me: me("../elsewhere"),
    code: "internal",
  },
  "the server refuses the connection for good": {
    me: me("model"),
    chat(request) {
      const { socket, response } = Deno.upgradeWebSocket(request);
      socket.onopen = () => socket.close(CLOSE.banned, "banned");
      return response;
    },
    code: "unauthenticated",
  },
  "the session cannot be ended either": {
    me: () => Response.json({ code: "unavailable" }, { status: 503 }),
    logout: () => Response.json({ code: "internal" }, { status: 500 }),
    code: "unavailable",
  },
};

/** Connects, and is refused; gives back whose sessions were ended. */
async function loggedOut(broken: Broken, credentials: Credentials) {
  const ended: (string | null)[] = [];
  const answers: Record<string, (request: Request) => Response> = {
    "/api/login": () => Response.json({ token: "opened-here" }),
    "/api/me": broken.me,
    "/chat": broken.chat ?? (() => new Response(null, { status: 404 })),
    "/api/logout"({ headers }) {
      ended.push(headers.get("authorization"));
      return broken.logout?.() ?? new Response(null, { status: 204 });
    },
  };
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) => answers[new URL(request.url).pathname]!(request),
  );
  const url = `http://127.0.0.1:${server.addr.port}`;
  const folder = "never-made";
  await assert.rejects(connect(url, credentials, { folder }), { code: broken.code });
  return ended;
}

for (const [what, broken] of Object.entries(BROKEN)) {
  Deno.test(`a login is taken back, and a token left alone, where ${what}`, async () => {
    assert.deepEqual(await loggedOut(broken, PASSWORD), ["Bearer opened-here"]);
    assert.deepEqual(await loggedOut(broken, TOKEN), []);
  });
}
