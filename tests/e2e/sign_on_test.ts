/** Signing in by a provider: a real one, and the running program. */
import assert from "node:assert/strict";
import { Api, PASSWORD, signUp } from "../support/api_client.ts";
import { MailSink } from "../support/mail_sink.ts";
import { PlainBrowser } from "../support/plain_browser.ts";
import {
  comeIn,
  openSignOnHouse,
  signInThere,
  type SignOnHouse,
  type SignOnHouseOptions,
  whoIs,
} from "../support/sign_on_house.ts";

function test(
  name: string,
  options: SignOnHouseOptions,
  run: (house: SignOnHouse) => Promise<void>,
) {
  Deno.test({
    name,
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      await using house = await openSignOnHouse(options);
      await run(house);
    },
  });
}

const isBack = (url: string) => url.includes("/login/oidc/callback");

/** As far as the address that the provider leads back to, which is not asked. */
async function asFarAsBack(house: SignOnHouse, name: string, browser = new PlainBrowser()) {
  const url = `${house.url}/login/oidc?provider=work`;
  const page = await browser.go(url, {}, isBack);
  const back = isBack(page.headers.get("location") ?? "")
    ? page
    : await signInThere(browser, page, name, isBack);
  return { browser, answer: back.headers.get("location")! };
}

test(
  "somebody new comes in by the provider where signup is open, and the next time as the same",
  {},
  async (house) => {
    const browser = new PlainBrowser();
    const home = await comeIn(house, "anna", { browser });
    assert.equal(home.status, 200);
    assert.equal(new URL(home.url).origin, house.url);
    const anna = await whoIs(house, browser);
    assert.deepEqual([anna?.username, anna?.displayName, anna?.role], [
      "anna",
      "Anna Example",
      "member",
    ]);
    const phone = new PlainBrowser();
    await comeIn(house, "anna", { browser: phone });
    assert.equal((await whoIs(house, phone))?.id, anna?.id);
    const sessions = JSON.parse(
      (await browser.request(`${house.url}/api/me/sessions`, {
        headers: { accept: "application/json" },
      })).text,
    );
    assert.deepEqual(sessions.sessions.map(({ way }: { way: string }) => way), ["oidc", "oidc"]);
  },
);

test("a name or an address that somebody has here is not enough to be them", {}, async (house) => {
  const anna = await signUp(house.url, "anna");
  const browser = new PlainBrowser();
  await comeIn(house, "anna", { browser });
  const me = await whoIs(house, browser);
  assert.notEqual(me?.id, anna.user.id);
  assert.equal(me?.username, "anna2");
});

test("where signup is closed nobody new comes in, and is told so; who is linked does", {
  env: { CONFAB_SIGNUP: "closed" },
}, async (house) => {
  const browser = new PlainBrowser();
  const page = await comeIn(house, "anna", { browser });
  assert.match(page.text, /You have no account here yet/);
  assert.match(page.url, /\/login\?problem=no_account$/);
  assert.equal(await whoIs(house, browser), null);
});

test("a host may let in everybody whom the provider knows, though signup is closed", {
  env: { CONFAB_SIGNUP: "closed" },
  provider: { accounts: "everybody" },
}, async (house) => {
  const browser = new PlainBrowser();
  await comeIn(house, "anna", { browser });
  assert.equal((await whoIs(house, browser))?.username, "anna");
});

test("roles follow the claim at each sign-in, and the owner stays the owner", {
  provider: {
    roles: {
      claim: "groups",
      admin: ["admins"],
      guest: ["clients"],
      others: "refuse",
      member: ["staff"],
    },
  },
  there: {
    claims: (name: string) => ({ preferred_username: name, groups: GROUPS.get(name) ?? [] }),
  },
}, async (house) => {
  const role = async (name: string) => {
    const browser = new PlainBrowser();
    await comeIn(house, name, { browser });
    return (await whoIs(house, browser))?.role ?? null;
  };
  GROUPS.set("anna", ["admins"]).set("ben", ["clients"]).set("cid", ["staff"]);
  assert.deepEqual(
    [await role("anna"), await role("ben"), await role("cid"), await role("stranger")],
    ["admin", "guest", "member", null],
  );
  GROUPS.set("anna", ["staff", "clients"]);
  assert.equal(await role("anna"), "member");
  GROUPS.set("anna", []);
  assert.equal(await role("anna"), null);
});
const GROUPS = new Map<string, string[]>();

test("only addresses of the host's domains are let in, and only verified ones", {
  provider: { domains: ["example.org"] },
  there: {
    claims: (name: string) => ({
      preferred_username: name,
      email: `${name}@${name === "eve" ? "evil.example" : "example.org"}`,
      email_verified: name !== "mallory",
    }),
  },
}, async (house) => {
  const isIn = async (name: string) => {
    const browser = new PlainBrowser();
    const page = await comeIn(house, name, { browser });
    const me = await whoIs(house, browser);
    if (me === null) assert.match(page.text, /is not let in here/);
    return me !== null;
  };
  assert.deepEqual([await isIn("anna"), await isIn("eve"), await isIn("mallory")], [
    true,
    false,
    false,
  ]);
});

test(
  "an answer works once, in its own browser, and leaves no trace in addresses",
  {},
  async (house) => {
    const { browser, answer } = await asFarAsBack(house, "anna");
    // Login CSRF: somebody else's browser is led to the answer of an account that is not theirs.
    const victim = new PlainBrowser();
    const foreign = await victim.go(answer);
    assert.match(foreign.url, /\/login\?problem=expired$/);
    assert.equal(await whoIs(house, victim), null);
    // The right one, and once more.
    const sealed = [...browser.jar(house.url)];
    const arrived = await browser.request(answer);
    assert.equal(arrived.status, 303);
    assert.equal(arrived.headers.get("location"), "/");
    assert.equal(arrived.headers.get("referrer-policy"), "no-referrer");
    assert.equal(arrived.headers.get("cache-control"), "no-store");
    const replaying = new PlainBrowser();
    for (const [name, value] of sealed) replaying.jar(house.url).set(name, value);
    const again = await replaying.go(answer);
    assert.match(again.url, /problem=expired/);
    assert.equal(await whoIs(house, replaying), null);
    // Of two at once one gets in.
    const next = await asFarAsBack(house, "anna", new PlainBrowser());
    const both = await Promise.all(
      [next.browser, next.browser].map(() => next.browser.request(next.answer)),
    );
    assert.deepEqual(both.map(({ headers }) => headers.get("location")).sort(), [
      "/",
      "/login?problem=expired",
    ]);
  },
);

test("a changed state, a changed cookie and another's cookie let nobody in", {}, async (house) => {
  const { browser, answer } = await asFarAsBack(house, "anna");
  const other = await asFarAsBack(house, "ben");
  const wrong = new URL(answer);
  wrong.searchParams.set("state", new URL(other.answer).searchParams.get("state")!);
  assert.match((await browser.go(wrong.href)).url, /problem=expired/);
  // Its own state with the other's code: PKCE and the nonce do not fit.
  wrong.searchParams.set("state", new URL(answer).searchParams.get("state")!);
  wrong.searchParams.set("code", new URL(other.answer).searchParams.get("code")!);
  assert.match((await browser.go(wrong.href)).url, /problem=refused/);
  assert.equal(await whoIs(house, browser), null);
  const jar = other.browser.jar(house.url);
  for (const [name, value] of jar) {
    // Not the last one: some of its bits mean nothing.
    const at = value.length >> 1;
    jar.set(name, value.slice(0, at) + (value[at] === "A" ? "B" : "A") + value.slice(at + 1));
  }
  assert.match((await other.browser.go(other.answer)).url, /problem=expired/);
  assert.equal(await whoIs(house, other.browser), null);
});

test("the way on leads to this site and no other", {}, async (house) => {
  for (
    const evil of [
      "https://evil.example/",
      "//evil.example/",
      "/\\evil.example",
      "javascript:alert(1)",
    ]
  ) {
    const browser = new PlainBrowser();
    const page = await comeIn(house, "anna", {
      browser,
      query: `&next=${encodeURIComponent(evil)}`,
    });
    assert.equal(new URL(page.url).origin, house.url, evil);
    assert.ok(!browser.visited.some((url) => new URL(url).hostname.includes("evil")), evil);
  }
  const browser = new PlainBrowser();
  const page = await comeIn(house, "anna", { browser, query: "&next=%2Fsettings%2Fprofile" });
  assert.equal(new URL(page.url).pathname, "/settings/profile");
});

test("the answer of one provider is not taken for another's", { second: {} }, async (house) => {
  // The mix-up: asked of the first, answered by the second with a code of its own.
  const first = await asFarAsBack(house, "anna");
  const browser = new PlainBrowser();
  const page = await browser.go(`${house.url}/login/oidc?provider=second`, {}, isBack);
  const second = await signInThere(browser, page, "anna", isBack);
  const mixed = new URL(second.headers.get("location")!);
  mixed.searchParams.set("state", new URL(first.answer).searchParams.get("state")!);
  const before = house.provider.requests.length;
  assert.match((await first.browser.go(mixed.href)).url, /problem=refused/);
  // The code was not given to the other one either.
  assert.deepEqual(
    house.provider.requests.slice(before).filter(({ url }) => url.startsWith("/token")),
    [],
  );
  assert.equal(await whoIs(house, first.browser), null);
  // The same name at both is two people.
  const [one, other] = [new PlainBrowser(), new PlainBrowser()];
  await comeIn(house, "ben", { browser: one });
  await comeIn(house, "ben", { browser: other, provider: "second" });
  assert.notEqual((await whoIs(house, one))?.id, (await whoIs(house, other))?.id);
});

test("a provider with an address of its own gets its answers there alone", {
  second: { ownCallback: true },
}, async (house) => {
  const browser = new PlainBrowser();
  await comeIn(house, "anna", { browser, provider: "second" });
  assert.equal((await whoIs(house, browser))?.username, "anna");
  const { browser: at, answer } = await asFarAsBack(house, "ben");
  const moved = answer.replace("/callback", "/callback/second");
  assert.match((await at.go(moved)).url, /problem=expired/);
});

test("no code, state, token or secret is in the log, and none in a Referer", {
  env: { CONFAB_LOG: "debug" },
}, async (house) => {
  const { browser, answer } = await asFarAsBack(house, "anna");
  await browser.go(answer);
  await browser.go(answer);
  const { searchParams } = new URL(answer);
  const log = house.program.stderr() + house.program.stdout();
  for (const secret of ["code", "state"].map((name) => searchParams.get(name)!)) {
    assert.ok(secret.length >= 22 && !log.includes(secret), log);
  }
  assert.doesNotMatch(log, /eyJ|a-secret-of-the-client/);
});

test(
  "signing out here leads on to sign out there, by a form and by a program",
  {},
  async (house) => {
    const browser = new PlainBrowser();
    await comeIn(house, "anna", { browser });
    const settings = await browser.go(`${house.url}/settings/profile`);
    const there = await browser.send(settings, {}, { action: /action="(\/api\/logout)"/ });
    assert.equal(new URL(there.url).origin, house.provider.issuer);
    assert.match(there.text, /sign-out|logout/i);
    assert.equal(await whoIs(house, browser), null);
    // They confirm there, and are back at the login page, which leads nowhere by itself any more.
    const back = await browser.send(there, { logout: "yes" });
    assert.equal(back.url.split("?")[0], `${house.url}/login`);
    // The provider does not know them any more.
    assert.match((await browser.go(`${house.url}/login/oidc`)).text, /name="login"/);
  },
);

test(
  "who signs out there is signed out here: the provider tells it, once and signed",
  {},
  async (house) => {
    const browser = new PlainBrowser();
    await comeIn(house, "anna", { browser });
    assert.ok(await whoIs(house, browser));
    const page = await browser.go(`${house.provider.issuer}/session/end`);
    await browser.send(page, { logout: "yes" });
    assert.equal(await whoIs(house, browser), null);
    const tell = (token: string) =>
      fetch(`${house.url}/login/oidc/backchannel`, {
        method: "POST",
        body: new URLSearchParams({ logout_token: token }),
      });
    const part = (value: object) =>
      new TextEncoder().encode(JSON.stringify(value)).toBase64({
        alphabet: "base64url",
        omitPadding: true,
      });
    const claims = {
      iss: house.provider.issuer,
      aud: "confab",
      iat: Math.floor(Date.now() / 1000),
      jti: "1",
      sub: "anna",
      events: { "http://schemas.openid.net/event/backchannel-logout": {} },
    };
    await comeIn(house, "anna", { browser });
    for (
      const token of [
        "",
        "a.b.c",
        `${part({ alg: "none" })}.${part(claims)}.`,
        `${part({ alg: "RS256" })}.${part(claims)}.AAAA`,
      ]
    ) {
      const answer = await tell(token);
      assert.equal(answer.status, 400, token);
      await answer.body?.cancel();
    }
    assert.ok(await whoIs(house, browser));
  },
);

test(
  "an account elsewhere is linked by who is signed in, used, and taken away again",
  {},
  async (house) => {
    const ben = await signUp(house.url, "ben");
    const browser = new PlainBrowser();
    const [name, value] = ben.cookie.split(";")[0]!.split("=");
    browser.jar(house.url).set(name!, value!);
    const page = await browser.go(`${house.url}/settings/connections`);
    const there = await browser.send(page, {}, { action: /action="(\/login\/oidc\/link)"/ });
    assert.equal(new URL(there.url).origin, house.provider.issuer);
    const back = await signInThere(browser, there, "benjamin");
    assert.equal(new URL(back.url).pathname, "/settings/connections");
    assert.match(back.text, /benjamin@example\.org/);
    // From now on it lets them in, from any browser.
    const phone = new PlainBrowser();
    await comeIn(house, "benjamin", { browser: phone });
    assert.equal((await whoIs(house, phone))?.id, ben.user.id);
    const { connections } = await ben.api.get<{ connections: { id: number; provider: string }[] }>(
      "/api/me/connections",
    );
    assert.deepEqual(connections.map(({ provider }) => provider), ["work"]);
    const answer = await ben.api.request("DELETE", `/api/me/connections/${connections[0]!.id}`);
    assert.equal(answer.status, 204);
    assert.equal(await whoIs(house, phone), null);
  },
);

test(
  "nothing is linked by a foreign form, in another session, or to a second account",
  {},
  async (house) => {
    const ben = await signUp(house.url, "ben");
    const cid = await signUp(house.url, "cid");
    const cookieOf = (person: typeof ben) =>
      person.cookie.split(";")[0]!.split("=") as [string, string];
    const begin = (headers: Record<string, string>) =>
      new Api(house.url, headers).request("POST", "/login/oidc/link", "provider=work", {
        "content-type": "application/x-www-form-urlencoded",
        accept: "text/html",
      });
    const foreign = await begin({ cookie: ben.cookie, origin: "https://evil.example" });
    assert.equal(foreign.status, 403);
    // Begun by Ben; when the answer comes, Cid is signed in with the browser.
    const browser = new PlainBrowser();
    browser.jar(house.url).set(...cookieOf(ben));
    const page = await browser.go(`${house.url}/settings/connections`);
    const there = await browser.send(page, {}, { action: /action="(\/login\/oidc\/link)"/ });
    browser.jar(house.url).set(...cookieOf(cid));
    await signInThere(browser, there, "anna");
    for (const person of [ben, cid]) {
      const { connections } = await person.api.get<{ connections: unknown[] }>(
        "/api/me/connections",
      );
      assert.deepEqual(connections, []);
    }
    // Who has an account of their own by it cannot be linked to another's.
    await comeIn(house, "dora");
    const other = new PlainBrowser();
    other.jar(house.url).set(...cookieOf(cid));
    const settings = await other.go(`${house.url}/settings/connections`);
    const on = await other.send(settings, {}, { action: /action="(\/login\/oidc\/link)"/ });
    const back = await signInThere(other, on, "dora");
    assert.match(back.text, /linked to somebody else here/);
  },
);

test("where the provider is the only way, the owner alone still has a password", {
  env: { CONFAB_PASSWORD_LOGIN: "owner" },
}, async (house) => {
  const page = await new PlainBrowser().go(`${house.url}/login`);
  assert.doesNotMatch(page.text, /type="password"/);
  assert.match(page.text, /Continue with Work/);
  const form = await new PlainBrowser().go(`${house.url}/login?way=password`);
  assert.match(form.text, /type="password"/);
  const stranger = new Api(house.url);
  const signup = await stranger.request("POST", "/api/signup", {
    username: "ben",
    password: "a quiet harbour",
  });
  assert.equal(signup.status, 403);
  const owner = await stranger.request("POST", "/api/login", {
    username: "the-owner",
    password: PASSWORD,
  });
  assert.equal(owner.status, 200);
  const browser = new PlainBrowser();
  await comeIn(house, "anna", { browser });
  assert.equal((await whoIs(house, browser))?.username, "anna");
});

test("a disabled account is let in by no provider", {}, async (house) => {
  const browser = new PlainBrowser();
  await comeIn(house, "anna", { browser });
  const { id } = (await whoIs(house, browser))!;
  await house.owner.api.request("PATCH", `/api/users/${id}`, { disabled: true });
  const again = await comeIn(house, "anna");
  assert.match(again.text, /was disabled/);
});

test("a provider that is away is said so, and the password works on", {}, async (house) => {
  await house.provider.stop();
  const page = await new PlainBrowser().go(`${house.url}/login/oidc`);
  assert.match(page.text, /Work cannot be reached just now/);
  assert.match(page.text, /type="password"/);
});

test("an invitation lets somebody in by the provider, though signup needs one", {
  env: { CONFAB_SIGNUP: "invite" },
}, async (house) => {
  const { body } = await house.owner.api.request<{ code: string }>("POST", "/api/invites", {
    uses: 1,
  });
  const page = await new PlainBrowser().go(`${house.url}/signup?invite=${body.code}`);
  const href = /href="(\/login\/oidc\?[^"]*)"/.exec(page.text)![1]!.replaceAll("&amp;", "&");
  assert.match(href, /invite=/);
  const browser = new PlainBrowser();
  await signInThere(browser, await browser.go(house.url + href), "anna");
  assert.equal((await whoIs(house, browser))?.username, "anna");
  const late = await comeIn(house, "ben", { query: `&invite=${body.code}` });
  assert.match(late.text, /You have no account here yet/);
});

Deno.test({
  name: "where the host allows it, an address that both have proven links, and no other one",
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const sink = await MailSink.start();
    const claims = (name: string) => ({
      preferred_username: name,
      email: name.startsWith("ben") ? "ben@example.org" : "Anna@Example.org",
      email_verified: name !== "mallory",
    });
    await using house = await openSignOnHouse({
      provider: { linkByEmail: true },
      there: { claims },
      env: {
        CONFAB_SMTP: `smtp://127.0.0.1:${sink.port}?tls=never`,
        CONFAB_MAIL_FROM: "chat@example.org",
      },
    });
    const idOf = async (name: string) => {
      const browser = new PlainBrowser();
      await comeIn(house, name, { browser });
      return (await whoIs(house, browser))?.id;
    };
    const prove = async (letter: { text: string }) => {
      const link = /^http\S+\/email\/[\w-]{43}$/m.exec(letter.text)![0];
      const page = await new PlainBrowser().request(link, {
        method: "POST",
        body: "",
        headers: { "content-type": "application/x-www-form-urlencoded" },
      });
      assert.equal(page.status, 200);
    };
    const anna = await signUp(house.url, "anna");
    await anna.api.request("PUT", "/api/me/email", { address: "anna@example.org" });
    const [letter] = await sink.received(1);
    // Not proven here yet: whoever else has it there is somebody else.
    assert.notEqual(await idOf("early"), anna.user.id);
    await prove(letter!);
    assert.notEqual(await idOf("mallory"), anna.user.id, "not proven there");
    assert.equal(await idOf("anna-there"), anna.user.id);
    assert.equal(
      (await anna.api.get<{ connections: unknown[] }>("/api/me/connections")).connections.length,
      1,
    );
    // Whoever staff have disabled does not come back as somebody new.
    const ben = await signUp(house.url, "ben");
    await ben.api.request("PUT", "/api/me/email", { address: "ben@example.org" });
    await prove((await sink.received(2)).at(-1)!);
    await house.owner.api.request("PATCH", `/api/users/${ben.user.id}`, { disabled: true });
    const back = new PlainBrowser();
    const { text } = await comeIn(house, "ben-there", { browser: back });
    assert.match(text, /was disabled/);
    assert.equal(await whoIs(house, back), null);
    await sink.stop();
  },
});

test("the proxy's header lets in whom it names, from the proxy alone", {
  env: { CONFAB_USER_HEADER: "Remote-User" },
}, async (house) => {
  const anna = await signUp(house.url, "anna");
  const by = (name: string, browser = new PlainBrowser()) => ({
    browser,
    go: () =>
      browser.request(`${house.url}/login?next=%2Fsettings%2Fprofile`, {
        headers: { "remote-user": name },
      }),
  });
  const first = by("anna");
  const answer = await first.go();
  assert.deepEqual([answer.status, answer.headers.get("location")], [303, "/settings/profile"]);
  assert.equal((await whoIs(house, first.browser))?.id, anna.user.id);
  // Who is new there is new here; the same the next time.
  const [ben, again] = [by("ben@example.org"), by("ben@example.org")];
  await ben.go();
  await again.go();
  assert.equal((await whoIs(house, ben.browser))?.username, "ben");
  assert.equal((await whoIs(house, again.browser))?.id, (await whoIs(house, ben.browser))?.id);
  // The browser changed hands at the proxy: the cookie is Anna's, and speaks for nobody.
  const headers = { "remote-user": "ben@example.org", accept: "application/json" };
  const changed = await first.browser.request(`${house.url}/api/me`, { headers });
  assert.equal(changed.status, 401);
  // Without a name there is the login page; so with two, one of which the visitor may have written.
  for (const name of ["", "the-owner, anna", "anna,anna", ","]) {
    const nobody = by(name);
    assert.equal((await nobody.go()).status, 200, name);
    assert.equal(await whoIs(house, nobody.browser), null, name);
  }
});

test("a header from elsewhere than the proxy is nobody's word", {
  env: { CONFAB_USER_HEADER: "Remote-User", CONFAB_USER_HEADER_FROM: "192.0.2.1,2001:db8::/32" },
}, async (house) => {
  const browser = new PlainBrowser();
  const headers = { "remote-user": "the-owner", "x-forwarded-for": "192.0.2.1" };
  const page = await browser.request(`${house.url}/login`, { headers });
  assert.equal(page.status, 200);
  assert.equal(await whoIs(house, browser), null);
});

test("without the setting no header lets anybody in", {}, async (house) => {
  const browser = new PlainBrowser();
  await browser.request(`${house.url}/login`, { headers: { "remote-user": "the-owner" } });
  assert.equal(await whoIs(house, browser), null);
});

test(
  "staff set at once, without a restart, that others come in by the provider alone",
  {},
  async (house) => {
    const ben = await signUp(house.url, "ben");
    const logIn = () =>
      new Api(house.url).request("POST", "/api/login", { username: "ben", password: PASSWORD });
    assert.equal((await logIn()).status, 200);
    const set = (passwordLogin: string) =>
      house.owner.api.request("PATCH", "/api/workspace/settings", { passwordLogin });
    await set("owner");
    assert.equal((await logIn()).status, 403);
    // A wrong password is told like any other: nobody learns that the right one would not do.
    const wrong = await new Api(house.url).request("POST", "/api/login", {
      username: "ben",
      password: "not that one",
    });
    assert.equal(wrong.status, 401);
    assert.equal((await ben.api.request("GET", "/api/me")).status, 200);
    await set("everybody");
    assert.equal((await logIn()).status, 200);
  },
);

test("another site cannot lead anybody to the provider by itself", {}, async (house) => {
  const headers = { "sec-fetch-site": "cross-site" };
  const url = `${house.url}/login/oidc?provider=work&next=%2Frooms%2F1`;
  const led = await new PlainBrowser().request(url, { headers });
  assert.equal(led.headers.get("location"), "/login?next=%2Frooms%2F1");
  const own = await new PlainBrowser().request(url, {
    headers: { "sec-fetch-site": "same-origin" },
  });
  assert.ok(own.headers.get("location")!.startsWith(house.provider.issuer));
});
