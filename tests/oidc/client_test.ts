/** The client against a real provider. */
import assert from "node:assert/strict";
import { OpenIdClient } from "../../lib/oidc/client.ts";
import { ProviderFailure, type Question } from "../../lib/oidc/proven.ts";
import type { Provider } from "../../lib/oidc/provider.ts";
import { providerList } from "../../lib/oidc/settings.ts";
import { CLIENT, startProvider, type TestProviderOptions } from "../support/oidc_provider.ts";
import { PlainBrowser } from "../support/plain_browser.ts";

const BACK = "http://127.0.0.1:9/login/oidc/callback";
const isBack = (url: string) => url.startsWith(BACK);

const test = (name: string, run: () => Promise<void>) =>
  Deno.test({ name, fn: run, sanitizeOps: false, sanitizeResources: false });

function setUp(issuer: string, more: object = {}) {
  const [provider] = providerList(JSON.stringify([{ issuer, ...CLIENT, ...more }]));
  return new OpenIdClient(provider as Provider, () => Date.now());
}

const random = () =>
  crypto.getRandomValues(new Uint8Array(32)).toBase64({ alphabet: "base64url", omitPadding: true });
const question = (more: Partial<Question> = {}): Question => ({
  redirectUri: BACK,
  state: random(),
  nonce: random(),
  verifier: random(),
  fresh: false,
  ...more,
});

/** Signs in there, and gives the address to which the browser is led back. */
async function through(url: URL, name: string, browser = new PlainBrowser()): Promise<URL> {
  let page = await browser.go(url.href, {}, isBack);
  while (!isBack(page.headers.get("location") ?? "")) {
    const login: Record<string, string> = page.text.includes('name="login"')
      ? { login: name, password: "x" }
      : {};
    page = await browser.send(page, login, { stop: isBack });
  }
  return new URL(page.headers.get("location")!);
}

const start = (more: Partial<TestProviderOptions> = {}) =>
  startProvider({ redirects: [BACK], ...more });

async function fails(promise: Promise<unknown>, fault: ProviderFailure["fault"]): Promise<string> {
  let message = "";
  await assert.rejects(promise, (error: unknown) => {
    assert.ok(error instanceof ProviderFailure, String(error));
    assert.equal(error.fault, fault, error.message);
    message = error.message;
    return true;
  });
  return message;
}

test("somebody who signs in there is named by issuer and subject, with what is said of them", async () => {
  await using provider = await start();
  const client = setUp(provider.issuer);
  const asked = question();
  const url = await client.ask(asked);
  assert.equal(url.searchParams.get("code_challenge_method"), "S256");
  assert.ok(!url.href.includes(asked.verifier) && !url.href.includes(CLIENT.clientSecret));
  const proven = await client.prove(asked, await through(url, "anna"));
  const { idToken, session, ...rest } = proven;
  assert.match(idToken!, /^ey/);
  assert.ok(session === null || session.length > 0);
  assert.deepEqual(rest, {
    issuer: provider.issuer,
    subject: "anna",
    username: "anna",
    displayName: "Anna Example",
    email: "anna@example.org",
    emailVerified: true,
    groups: [],
  });
});

test("groups come from the claim that the host names", async () => {
  await using provider = await start({ claims: () => ({ groups: ["staff", "chess"] }) });
  const client = setUp(provider.issuer, { roles: { claim: "groups", admin: ["staff"] } });
  const asked = question();
  const proven = await client.prove(asked, await through(await client.ask(asked), "anna"));
  assert.deepEqual(proven.groups, ["staff", "chess"]);
});

test("a provider that takes the secret in the body alone is spoken to so", async () => {
  await using provider = await start({ clientAuth: "client_secret_post" });
  const client = setUp(provider.issuer);
  const asked = question();
  const proven = await client.prove(asked, await through(await client.ask(asked), "anna"));
  assert.equal(proven.subject, "anna");
});

test("another state, nonce, verifier or issuer than asked with is refused", async () => {
  await using provider = await start();
  const client = setUp(provider.issuer);
  for (const wrong of ["state", "nonce", "verifier"] as const) {
    const asked = question();
    const answer = await through(await client.ask(asked), "anna");
    await fails(client.prove({ ...asked, [wrong]: random() }, answer), "refused");
  }
  const asked = question();
  const answer = await through(await client.ask(asked), "anna");
  assert.equal(answer.searchParams.get("iss"), provider.issuer);
  answer.searchParams.set("iss", "https://evil.example.org");
  await fails(client.prove(asked, answer), "refused");
  answer.searchParams.delete("iss");
  await fails(client.prove(asked, answer), "refused");
});

test("a code works once", async () => {
  await using provider = await start();
  const client = setUp(provider.issuer);
  const asked = question();
  const answer = await through(await client.ask(asked), "anna");
  await client.prove(asked, answer);
  await fails(client.prove(asked, answer), "refused");
});

test("who says no there is told apart from what is wrong, and no text of the address is believed", async () => {
  await using provider = await start();
  const client = setUp(provider.issuer);
  const asked = question();
  await client.ask(asked);
  const answer = (error: string) =>
    new URL(`${BACK}?${new URLSearchParams({ error, state: asked.state, iss: provider.issuer })}`);
  await fails(client.prove(asked, answer("access_denied")), "cancelled");
  const told = await fails(client.prove(asked, answer("<b>pay here</b>")), "refused");
  assert.doesNotMatch(told, /pay/);
});

test("a provider that is away, or is another one, is said so without a stack", async () => {
  const provider = await start();
  const client = setUp(provider.issuer);
  const elsewhere = setUp(provider.issuer.replace("127.0.0.1", "localhost"));
  await fails(elsewhere.ask(question()), "refused");
  await provider.stop();
  await fails(client.ask(question()), "unreachable");
});

test("an issuer is found with a slash too many", async () => {
  await using provider = await start();
  assert.ok(await setUp(`${provider.issuer}/`).ask(question()));
});

test("where it is to be proven anew, the provider asks again though it knows them", async () => {
  await using provider = await start();
  const client = setUp(provider.issuer);
  const browser = new PlainBrowser();
  const first = question();
  await client.prove(first, await through(await client.ask(first), "anna", browser));
  const again = question({ fresh: true });
  const page = await browser.go((await client.ask(again)).href, {}, isBack);
  assert.match(page.text, /name="login"/);
  // Without it the provider lets them through at once.
  const known = question();
  assert.ok(
    isBack((await browser.go((await client.ask(known)).href, {}, isBack)).headers.get("location")!),
  );
});

test("there is a way out at the provider, which comes back", async () => {
  await using provider = await start({ afterLogout: ["http://127.0.0.1:9/login"] });
  const url = await setUp(provider.issuer).logoutUrl("a.b.c", "http://127.0.0.1:9/login");
  assert.equal(url?.searchParams.get("id_token_hint"), "a.b.c");
  assert.equal(url?.searchParams.get("post_logout_redirect_uri"), "http://127.0.0.1:9/login");
});
