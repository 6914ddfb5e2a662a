import assert from "node:assert/strict";
import { providersIn } from "../../lib/program/config/sign_in.ts";
import { ConfigError, readConfig } from "../../lib/program/config/config.ts";
import { permissionFlags } from "../../lib/program/deno_flags.ts";
import { providerHosts } from "../../lib/oidc/provider.ts";
import { oneProvider, providerList } from "../../lib/oidc/settings.ts";

const test = (name: string, run: () => void | Promise<void>) => Deno.test(name, run);
const key = { clientId: "confab", clientSecret: "a secret of the client" };

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return String(error);
  }
  throw new Error("It was accepted");
}

test("one provider is three variables: a word, or an address as it was written", () => {
  const google = oneProvider({ issuer: "google", name: "", ...key });
  assert.deepEqual([google.id, google.name, google.issuer, google.kind], [
    "google",
    "Google",
    "https://accounts.google.com",
    "openid",
  ]);
  assert.ok(providerHosts(google).includes("oauth2.googleapis.com"));
  const own = oneProvider({ issuer: "https://id.example.org/realms/a/", name: "Our id", ...key });
  assert.deepEqual([own.id, own.issuer], ["id-example-org", "https://id.example.org/realms/a/"]);
  assert.equal(own.name, "Our id");
  const github = oneProvider({ issuer: "github", name: "", ...key });
  assert.deepEqual([github.kind, github.scopes], ["github", ["read:user", "user:email"]]);
  const tenant = "microsoft:00000000-1111-2222-3333-444444444444";
  assert.match(oneProvider({ issuer: tenant, name: "", ...key }).issuer, /-444444444444\/v2\.0$/);
});

test("an address copied with the path of its description is taken without it", () => {
  const issuer = "https://id.example.org/.well-known/openid-configuration";
  assert.equal(oneProvider({ issuer, name: "", ...key }).issuer, "https://id.example.org/");
});

test("nobody is let in, linked or raised unless the list says so", () => {
  const [provider] = providerList(JSON.stringify([{ issuer: "gitlab", ...key }]));
  const { accounts, linkByEmail, roles, domains, ownCallback } = provider!;
  assert.deepEqual({ accounts, linkByEmail, roles, domains, ownCallback }, {
    accounts: "signup",
    linkByEmail: false,
    roles: null,
    domains: [],
    ownCallback: false,
  });
});

test("what is wrong is named with its field, and no secret is repeated", () => {
  const of = (more: unknown) => () =>
    providerList(JSON.stringify([{ issuer: "google", ...key, ...more as object }]));
  assert.match(refusal(of({ acounts: "everybody" })), /unknown field "acounts"/);
  assert.match(refusal(of({ accounts: "all" })), /"accounts" in number 1 .*"everybody"/);
  assert.match(refusal(of({ roles: { claim: "groups", admin: [5] } })), /"admin"/);
  assert.match(refusal(of({ linkByEmail: "yes" })), /true or false/);
  assert.match(refusal(of({ id: "Über" })), /small letters/);
  assert.match(refusal(of({ issuer: "http://id.example.org" })), /https:\/\//);
  assert.match(refusal(of({ issuer: "common" })), /"google"/);
  assert.match(refusal(() => providerList("{")), /is no JSON/);
  const twice = JSON.stringify([{ issuer: "google", ...key }, { issuer: "google", ...key }]);
  assert.match(refusal(() => providerList(twice)), /two providers with the id "google"/);
  for (
    const wrong of [of({ accounts: 1 }), of({ hosts: "a b" }), () => providerList(key.clientSecret)]
  ) {
    assert.doesNotMatch(refusal(wrong), /a secret of the client/);
  }
});

test("without TLS only a provider in one's own network is taken", () => {
  for (
    const host of [
      "localhost:1",
      "127.0.0.1",
      "192.168.1.5:9000",
      "10.1.2.3",
      "keycloak:8080",
      "id.lan",
    ]
  ) {
    assert.ok(oneProvider({ issuer: `http://${host}`, name: "", ...key }));
  }
  for (const host of ["id.example.org", "8.8.8.8", "172.32.0.1", "10.evil.example.org"]) {
    assert.throws(() => oneProvider({ issuer: `http://${host}`, name: "", ...key }));
  }
});

test("wrong settings end the start with a sentence that names the variable", () => {
  const start = (env: Record<string, string>) => refusal(() => readConfig(env));
  assert.match(
    start({ CONFAB_OIDC_ISSUER: "google" }),
    /CONFAB_OIDC_ISSUER needs CONFAB_OIDC_CLIENT_ID/,
  );
  assert.match(start({ CONFAB_OIDC_PROVIDERS: "[{}]" }), /CONFAB_OIDC_PROVIDERS needs "issuer"/);
  assert.throws(() => readConfig({ CONFAB_USER_HEADER: "Remote User" }), ConfigError);
  assert.throws(() => readConfig({ CONFAB_USER_HEADER_FROM: "10.0.0.0/33" }), ConfigError);
  const both = {
    CONFAB_OIDC_ISSUER: "google",
    CONFAB_OIDC_CLIENT_ID: "a",
    CONFAB_OIDC_CLIENT_SECRET: "b",
    CONFAB_OIDC_PROVIDERS: JSON.stringify([{ issuer: "google", ...key }]),
  };
  assert.match(start(both), /sets already/);
});

test("the program may reach the hosts of its providers, and no other ones", () => {
  const config = readConfig({
    CONFAB_LINK_PREVIEWS: "off",
    CONFAB_OIDC_PROVIDERS: JSON.stringify([
      { issuer: "https://id.example.org:8443/a", ...key, hosts: ["keys.example.org"] },
      { issuer: "github", ...key },
    ]),
  });
  assert.deepEqual(providersIn(config).map(({ id }) => id), ["id-example-org", "github"]);
  const net = permissionFlags(config).find((flag) => flag.startsWith("--allow-net="))!;
  for (const host of ["id.example.org:8443", "keys.example.org", "github.com", "api.github.com"]) {
    assert.ok(net.split(/[=,]/).includes(host), host);
  }
});
