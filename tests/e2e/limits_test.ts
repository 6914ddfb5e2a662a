/** Limits: signups and logins by address, guesses by account, sends by user, connections. */
import assert from "node:assert/strict";
import { startProgram } from "../support/program.ts";
import {
  Api,
  ChatSocket,
  logIn,
  newClientId,
  PASSWORD,
  type Problem,
  Refusal,
  signUp,
} from "../support/chat_client.ts";

function test(
  name: string,
  env: Record<string, string>,
  run: (url: string, api: Api) => Promise<void>,
): void {
  Deno.test({
    name,
    sanitizeOps: true,
    sanitizeResources: true,
    async fn() {
      await using program = await startProgram({ env });
      await run(program.url, new Api(program.url));
    },
  });
}

test(
  "signups and logins of one address are refused beyond the limit, with Retry-After",
  { CONFAB_AUTH_RATE: "5" },
  async (url, api) => {
    const ann = await signUp(url, "ann");
    const login = { username: "ann", password: PASSWORD };
    for (let at = 0; at < 4; at++) await api.post("/api/login", login, 200);
    for (const path of ["/api/login", "/api/signup"]) {
      const body = path === "/api/login" ? login : { username: "bob", password: PASSWORD };
      const answer = await api.request<Problem>("POST", path, body);
      assert.equal(answer.status, 429, path);
      assert.equal(answer.body.code, "rate_limited");
      assert.match(answer.headers.get("retry-after") ?? "", /^[1-9]\d*$/);
      assert.equal(answer.headers.get("set-cookie"), null);
    }
    // Nobody is let off by what they say of where they are: no proxy is trusted here.
    const elsewhere = { "x-forwarded-for": "203.0.113.9" };
    const answer = await api.request("POST", "/api/login", login, elsewhere);
    assert.equal(answer.status, 429);
    assert.equal((await ann.api.request("GET", "/api/me")).status, 200, "who is in stays in");
  },
);

test(
  "who logs in too often by a form is told so on the form's own page, before it is read",
  { CONFAB_AUTH_RATE: "2" },
  async (url) => {
    const { username } = await signUp(url, "ann");
    const submit = async (path: string) => {
      const body = new URLSearchParams({ username, password: "not the password" });
      const response = await fetch(url + path, { method: "POST", body, headers: { origin: url } });
      return { status: response.status, text: await response.text() };
    };
    assert.equal((await submit("/login")).status, 401);
    for (const path of ["/login", "/signup"]) {
      const { status, text } = await submit(path);
      assert.equal(status, 429, path);
      assert.match(text, /a bit too fast/, path);
      assert.match(text, /<input[^>]*name="password"/, "it can be tried again");
    }
  },
);

test(
  "guesses at one account are slowed, and where its owner signed in before is not shut out",
  { CONFAB_AUTH_RATE: "1000", CONFAB_TRUST_PROXY: "1" },
  async (url, api) => {
    await signUp(url, "ann");
    const login = (username: string, password: string, address: string) =>
      api.request<Problem>("POST", "/api/login", { username, password }, {
        "x-forwarded-for": address,
      });
    assert.equal((await login("ann", PASSWORD, "198.51.100.1")).status, 200);
    for (const username of ["ann", "nobody-is-called-so"]) {
      const statuses: number[] = [];
      for (let at = 0; at < 13; at++) {
        statuses.push((await login(username, "not the password", `203.0.113.${at}`)).status);
      }
      assert.deepEqual(statuses.slice(0, 10), Array(10).fill(401), username);
      assert.equal(statuses.at(-1), 429, username);
    }
    assert.equal((await login("ann", PASSWORD, "198.51.100.1")).status, 200);
    assert.equal((await login("ann", PASSWORD, "203.0.113.99")).status, 429);
  },
);

test(
  "who sends too fast is told to wait, keeps the connection, and loses nothing that was acked",
  { CONFAB_SEND_RATE: "2", CONFAB_AUTH_RATE: "0" },
  async (url) => {
    const ann = await signUp(url, "ann");
    await using socket = await ChatSocket.connect(ann);
    const clientIds = Array.from({ length: 30 }, newClientId);
    const sends = await Promise.allSettled(
      clientIds.map((clientId, at) => socket.send(1, `message ${at}`, clientId)),
    );
    const refused = sends.flatMap((each) => each.status === "rejected" ? [each.reason] : []);
    const acked = sends.filter((each) => each.status === "fulfilled").length;
    assert.ok(acked >= 2 && refused.length > 0, `${acked} acked`);
    for (const refusal of refused) {
      assert.ok(refusal instanceof Refusal);
      assert.equal(refusal.code, "rate_limited");
    }
    const { messages } = await ann.api.get<{ messages: unknown[] }>("/api/rooms/1/messages");
    assert.equal(messages.length, acked);
    const overHttp = await ann.api.request<Problem>("POST", "/api/rooms/1/messages", { text: "x" });
    assert.equal(overHttp.status, 429);
    assert.match(overHttp.headers.get("retry-after") ?? "", /^[1-9]\d*$/);
    // Another person is not held up by it.
    const bob = await signUp(url, "bob");
    await bob.api.post("/api/rooms/1/messages", { text: "hello" });
  },
);

test(
  "a user holds so many connections and not one more; a place that comes free is given again",
  { CONFAB_CONNECTIONS_PER_USER: "2", CONFAB_AUTH_RATE: "0" },
  async (url) => {
    const ann = await signUp(url, "ann");
    const phone = await logIn(ann);
    const [first, second] = [await ChatSocket.connect(ann), await ChatSocket.connect(phone)];
    const third = new ChatSocket(url, { headers: ann.api.headers });
    assert.equal((await third.closed).code, 4429);
    assert.deepEqual(third.log, []);
    await using _bob = await ChatSocket.connect(await signUp(url, "bob"));
    await first.close();
    await second.settled();
    await using again = await reconnect(() => ChatSocket.connect(ann));
    await again.settled();
    await second.close();
  },
);

test(
  "an address holds so many connections, signed in or not",
  { CONFAB_CONNECTIONS_PER_ADDRESS: "3", CONFAB_AUTH_RATE: "0" },
  async (url) => {
    const ann = await signUp(url, "ann");
    await using _signedIn = await ChatSocket.connect(ann);
    await using waiting = new ChatSocket(url);
    await using _another = await ChatSocket.connect(ann);
    await waiting.opened;
    const one = new ChatSocket(url, { headers: ann.api.headers });
    assert.equal((await one.closed).code, 4429);
    const anonymous = new ChatSocket(url);
    assert.equal((await anonymous.closed).code, 4429);
  },
);

test(
  "a connection that sends frames without end is closed with 4429",
  { CONFAB_SEND_RATE: "1", CONFAB_AUTH_RATE: "0" },
  async (url) => {
    const ann = await signUp(url, "ann");
    const socket = await ChatSocket.connect(ann);
    for (let at = 0; at < 2_000; at++) socket.tell({ type: "pong" });
    assert.equal((await socket.closed).code, 4429);
    await using again = await ChatSocket.connect(ann);
    await again.settled();
  },
);

test(
  "where signup is closed, the first account can be made and no other",
  { CONFAB_SIGNUP: "closed", CONFAB_AUTH_RATE: "0" },
  async (url, api) => {
    const owner = await signUp(url, "owner");
    assert.equal(owner.user.role, "owner");
    const answer = await api.request<Problem>("POST", "/api/signup", {
      username: "second",
      password: PASSWORD,
    });
    assert.equal(answer.status, 403);
    assert.equal(answer.body.code, "forbidden");
    await logIn(owner);
  },
);

/** The server may hear of a closed connection a moment after its client. */
async function reconnect(connect: () => Promise<ChatSocket>): Promise<ChatSocket> {
  for (let attempt = 1;; attempt++) {
    try {
      return await connect();
    } catch (error) {
      if (attempt === 20) throw error;
    }
  }
}

test(
  "however often somebody says that they type, others hear it now and then",
  { CONFAB_SEND_RATE: "10" },
  async (url) => {
    const [ann, bob] = [await signUp(url, "ann"), await signUp(url, "bob")];
    await using onBob = await ChatSocket.connect(bob);
    for (const _tab of ["one", "two"]) {
      await using onAnn = await ChatSocket.connect(ann);
      for (let at = 0; at < 60; at++) onAnn.tell({ type: "typing", room: 1 });
      await onAnn.settled();
    }
    await onBob.settled();
    const heard = onBob.all("typing").length;
    assert.ok(heard >= 10 && heard < 60, `${heard}`);
  },
);
