/**
 * The limits for strangers with default settings: a school behind one address gets in; floods and
 * guesses from ever new addresses keep nobody out, and do not get far.
 */
import assert from "node:assert/strict";
import { Api, ChatSocket, PASSWORD, type Person, signUp } from "../support/chat_client.ts";
import { type Program, startProgram } from "../support/program.ts";

/** The defaults, where the program under test else is freed of limits; behind one proxy. */
const DEFAULTS = { CONFAB_AUTH_RATE: "", CONFAB_TRUST_PROXY: "1" };
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const HOME = "192.0.2.10";

function doorTest(name: string, run: (program: Program) => Promise<void>): void {
  Deno.test({
    name,
    sanitizeOps: true,
    sanitizeResources: true,
    async fn() {
      await using program = await startProgram({ env: DEFAULTS });
      await run(program);
    },
  });
}

/** Every index another network, in all regions; those below 192 and above leave the test's own alone. */
const anywhere = (index: number) => `${1 + index % 190}.${index % 251}.${index % 241}.7`;

async function logIn(
  url: string,
  username: string,
  address: string,
  password = PASSWORD,
  userAgent = FIREFOX,
): Promise<number> {
  const headers = { "x-forwarded-for": address, "user-agent": userAgent };
  const { status } = await new Api(url).request(
    "POST",
    "/api/login",
    { username, password },
    headers,
  );
  return status;
}

/** Works on so many at a time, until it is told to stop; what came of each, counted. */
function flood(width: number, one: (index: number) => Promise<number>) {
  const statuses = new Map<number, number>();
  let [index, stopped] = [0, false];
  const lines = Array.from({ length: width }, async () => {
    while (!stopped) {
      const status = await one(index++);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  });
  return {
    statuses,
    async stop() {
      stopped = true;
      await Promise.all(lines);
    },
  };
}

async function timed(work: Promise<number>): Promise<[status: number, ms: number]> {
  const from = performance.now();
  return [await work, performance.now() - from];
}

doorTest("a school signs up, signs in and connects from one address", async ({ url }) => {
  const people = await Promise.all(
    Array.from({ length: 30 }, (_, index) => signUp(url, `pupil-${index}`)),
  );
  const again = await Promise.all(
    Array.from({ length: 120 }, (_, index) => logIn(url, `pupil-${index % 30}`, "127.0.0.1")),
  );
  assert.ok(again.every((status) => status === 200), again.join());

  const each = 17;
  const sockets = people.flatMap((person) =>
    Array.from({ length: each }, () => ChatSocket.connect(person))
  );
  assert.equal(sockets.length, 510);
  const pages = people.map(({ api }) => api.request("GET", "/rooms/1"));
  const opened = await Promise.all(sockets);
  assert.ok((await Promise.all(pages)).every(({ status }) => status === 200));
  assert.ok(opened.every(({ isOpen }) => isOpen));

  // Those who do not say who they are stay few, and take nothing from the others.
  const strangers = Array.from({ length: 130 }, () => new ChatSocket(url));
  const codes = await Promise.all(
    strangers.map((stranger) =>
      Promise.race([stranger.closed.then(({ code }) => code), stillOpen(stranger)])
    ),
  );
  assert.equal(codes.filter((code) => code === 4429).length, 30);
  await using one = await ChatSocket.connect(people[0]!);
  await one.settled();
  await Promise.all([...opened, ...strangers].map((socket) => socket.close()));
});

/** Has been open for a while: a socket is refused when it opens. */
async function stillOpen(socket: ChatSocket): Promise<null> {
  await socket.opened;
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  return null;
}

doorTest("a flood of sign-ins from ever new addresses keeps nobody out", async ({ url }) => {
  const headers = { "x-forwarded-for": HOME, "user-agent": FIREFOX };
  const body = { username: "ann", password: PASSWORD };
  await new Api(url, headers).post("/api/signup", body);
  const flooding = flood(
    200,
    (index) => logIn(url, `name-${index % 977}`, anywhere(index), "not the password"),
  );
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  for (let count = 0; count < 3; count++) {
    const [status, ms] = await timed(logIn(url, "ann", HOME));
    assert.equal(status, 200);
    assert.ok(ms < 3_000, `a known device waited ${ms} ms`);
  }
  const from = performance.now();
  let fresh = 0;
  while (fresh !== 200 && performance.now() - from < 30_000) {
    fresh = await logIn(url, "ann", "192.0.2.200");
  }
  assert.equal(fresh, 200, "a new device, though it waits with the others");
  const other = { username: "bob", password: PASSWORD };
  const { status } = await new Api(url, headers).request("POST", "/api/signup", other);
  assert.equal(status, 201, "nor a newcomer");
  await flooding.stop();
});

doorTest(
  "guesses from ever new addresses keep the owner out nowhere, and are few",
  async (program) => {
    const { url } = program;
    const headers = { "x-forwarded-for": HOME, "user-agent": FIREFOX };
    await new Api(url, headers).post("/api/signup", { username: "ann", password: PASSWORD });
    const guess = (index: number) => logIn(url, "ann", anywhere(index), "not the password");
    for (const restarted of [false, true]) {
      if (restarted) {
        await program.kill("SIGTERM");
        await program.restart();
      }
      const guessing = flood(50, guess);
      const refused = () => guessing.statuses.get(429) ?? 0;
      const from = performance.now();
      while (refused() < 100 && performance.now() - from < (restarted ? 3_000 : 60_000)) {
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      assert.equal(await logIn(url, "ann", HOME), 200, `a known device, restarted: ${restarted}`);
      assert.equal(await logIn(url, "ann", "192.0.2.99"), 200, "a new one elsewhere");
      await guessing.stop();
      const guesses = guessing.statuses.get(401) ?? 0;
      assert.ok(guesses > 0 && guesses < 1_000, `${guesses} guesses`);
      if (!restarted) assert.ok(refused() >= 100, "the others were not refused");
    }
  },
);

doorTest("changing passwords without end does not keep others from signing in", async ({ url }) => {
  const eve = await signUp(url, "eve");
  const others: Person[] = [];
  for (let index = 0; index < 20; index++) others.push(await signUp(url, `other-${index}`));
  const changing = flood(
    100,
    async () => {
      const body = { current: "not the password", password: "nine loud herons" };
      return (await eve.api.request("POST", "/api/me/password", body)).status;
    },
  );
  const statuses = await Promise.all(others.map(({ username }) => logIn(url, username, HOME)));
  await changing.stop();
  assert.ok(statuses.every((status) => status === 200), statuses.join());
  assert.ok((changing.statuses.get(403) ?? 0) <= 13, "and hardly one was tried");
});
