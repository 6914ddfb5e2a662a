/** GitHub's plain OAuth 2, as its documentation has it: played by a server of the test's own. */
import assert from "node:assert/strict";
import { OpenIdClient } from "../../lib/oidc/client.ts";
import { ProviderFailure, type Question } from "../../lib/oidc/proven.ts";
import { providerList } from "../../lib/oidc/settings.ts";

const BACK = "http://127.0.0.1:9/login/oidc/callback";
const CODE = "a-code-of-the-test";

interface Played {
  emails: unknown;
  user: unknown;
  asked: {
    path: string;
    form: URLSearchParams;
    authorization: string | null;
    agent: string | null;
  }[];
}

/** Answers the token for one code and its verifier, once. */
async function withGithub(
  run: (client: OpenIdClient, played: Played, issuer: string) => Promise<void>,
): Promise<void> {
  const played: Played = {
    user: { id: 583231, login: "octocat", name: "The Octocat" },
    emails: [
      { email: "old@example.org", verified: true, primary: false },
      { email: "octocat@example.org", verified: true, primary: true },
    ],
    asked: [],
  };
  let spent = false;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const { pathname } = new URL(request.url);
    const form = new URLSearchParams(request.method === "POST" ? await request.text() : "");
    const { headers } = request;
    const authorization = headers.get("authorization");
    played.asked.push({ path: pathname, form, authorization, agent: headers.get("user-agent") });
    if (pathname === "/login/oauth/access_token") {
      const isRight = form.get("code") === CODE && form.get("client_secret") === "s" && !spent;
      spent = true;
      // GitHub refuses with 200.
      if (!isRight) return Response.json({ error: "bad_verification_code" });
      return Response.json({ access_token: "gho_test", token_type: "bearer", scope: "read:user" });
    }
    if (authorization !== "Bearer gho_test") return new Response(null, { status: 401 });
    if (pathname === "/api/v3/user") return Response.json(played.user);
    if (pathname === "/api/v3/user/emails") return Response.json(played.emails);
    return new Response(null, { status: 404 });
  });
  try {
    const issuer = `http://127.0.0.1:${server.addr.port}`;
    const written = [{ issuer, kind: "github", clientId: "c", clientSecret: "s" }];
    const [provider] = providerList(JSON.stringify(written));
    await run(new OpenIdClient(provider!, () => Date.now()), played, issuer);
  } finally {
    await server.shutdown();
  }
}

const test = (name: string, run: Parameters<typeof withGithub>[0]) =>
  Deno.test({ name, fn: () => withGithub(run), sanitizeOps: false, sanitizeResources: false });

const question: Question = {
  redirectUri: BACK,
  state: "a-state",
  nonce: "a-nonce",
  verifier: "a-verifier-of-the-test-that-is-long-enough-to-be-one",
  fresh: false,
};
const answer = (more: Record<string, string> = {}) =>
  new URL(`${BACK}?${new URLSearchParams({ code: CODE, state: question.state, ...more })}`);

test(
  "somebody is known by their number, their name and their verified primary address",
  async (client, played, issuer) => {
    const url = await client.ask(question);
    assert.equal(url.origin + url.pathname, `${issuer}/login/oauth/authorize`);
    assert.equal(url.searchParams.get("scope"), "read:user user:email");
    assert.equal(url.searchParams.get("code_challenge_method"), "S256");
    assert.equal(url.searchParams.get("nonce"), null);
    assert.deepEqual(await client.prove(question, answer()), {
      issuer,
      subject: "583231",
      session: null,
      idToken: null,
      username: "octocat",
      displayName: "The Octocat",
      email: "octocat@example.org",
      emailVerified: true,
      groups: [],
    });
    const [token, user] = played.asked;
    assert.equal(token!.form.get("code_verifier"), question.verifier);
    assert.equal(token!.form.get("redirect_uri"), BACK);
    assert.ok(user!.agent, "GitHub refuses who does not name themselves");
  },
);

test(
  "GitHub's own issuer in the answer is taken, and another one's not",
  async (client, _played, issuer) => {
    const foreign = client.prove(question, answer({ iss: "https://evil.example.org" }));
    await assert.rejects(foreign, ProviderFailure);
    const own = await client.prove(question, answer({ iss: `${issuer}/login/oauth` }));
    assert.equal(own.subject, "583231");
  },
);

test(
  "an address that is not verified is nobody's, and one may have none",
  async (client, played) => {
    played.emails = [{ email: "octocat@example.org", verified: false, primary: true }];
    played.user = { id: 1, login: "ghost", name: null };
    const { email, emailVerified, displayName } = await client.prove(question, answer());
    assert.deepEqual([email, emailVerified, displayName], [null, false, "ghost"]);
  },
);

test(
  "a code that GitHub does not take, a wrong state, and an answer without a person are refused",
  async (client, played) => {
    const refuses = (promise: Promise<unknown>) =>
      assert.rejects(promise, (error: ProviderFailure) => error.fault === "refused");
    await refuses(client.prove(question, answer({ state: "another" })));
    assert.deepEqual(played.asked, [], "no code was given away");
    played.user = { login: "octocat" };
    await refuses(client.prove(question, answer()));
    await refuses(client.prove(question, answer()));
    await refuses(client.readLogout("a.b.c"));
    assert.equal(await client.logoutUrl(null, BACK), null);
  },
);
