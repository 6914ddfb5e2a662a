import assert from "node:assert/strict";
import { base64url, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { createTokens } from "../../lib/auth/token.ts";

const secret = new Uint8Array(32).fill(7);
const start = 1_800_000_000_000;
const claims = { userId: 5, sessionId: 9, issuedAt: start, expiresAt: start + 60_000 };

function setUp(cached?: number) {
  const clock = { now: start };
  const options = cached === undefined ? {} : { cached };
  return { clock, tokens: createTokens({ secret, now: () => clock.now, ...options }) };
}

/** A token that is right in everything, but for what a test makes wrong. */
function forge(payload: Record<string, unknown> = {}, header: Record<string, unknown> = {}) {
  const iat = start / 1000;
  const right = { iss: "confab", sub: "5", sid: 9, iat, exp: iat + 60, ...payload };
  return new SignJWT(right).setProtectedHeader({ alg: "HS256", typ: "JWT", ...header });
}

Deno.test("a token gives back the claims it was issued with", async () => {
  const { tokens } = setUp();
  const token = await tokens.issue(claims);
  assert.deepEqual(await tokens.verify(token), claims);
  assert.deepEqual(await tokens.verify(token), claims); // This time from memory.
  assert.deepEqual(await tokens.verify(await forge().sign(secret)), claims);
});

Deno.test("a token is refused from the moment it expires, remembered or not", async () => {
  const { clock, tokens } = setUp();
  const [seen, unseen] = [await tokens.issue(claims), await tokens.issue(claims)];
  clock.now = claims.expiresAt - 1;
  assert.notEqual(await tokens.verify(seen), null);
  clock.now = claims.expiresAt;
  assert.equal(await tokens.verify(seen), null);
  assert.equal(await tokens.verify(unseen), null);
});

Deno.test("a token signed with another key is refused", async () => {
  const { tokens } = setUp();
  assert.equal(await tokens.verify(await forge().sign(new Uint8Array(32).fill(8))), null);
});

Deno.test("a token whose claims were altered is refused", async () => {
  const { tokens } = setUp();
  const [header, , signature] = (await tokens.issue(claims)).split(".");
  const payload = base64url.encode(JSON.stringify({ ...claims, iss: "confab", sub: "1", sid: 1 }));
  assert.equal(await tokens.verify(`${header}.${payload}.${signature}`), null);
});

Deno.test("alg none is refused, however it is written", async () => {
  const { tokens } = setUp();
  const iat = start / 1000;
  const payload = { iss: "confab", sub: "5", sid: 9, iat, exp: iat + 60 };
  assert.equal(await tokens.verify(new UnsecuredJWT(payload).encode()), null);
  const [, body, signature] = (await tokens.issue(claims)).split(".");
  for (const alg of ["none", "None", "NONE", ""]) {
    const header = base64url.encode(JSON.stringify({ alg, typ: "JWT" }));
    assert.equal(await tokens.verify(`${header}.${body}.`), null, alg);
    assert.equal(await tokens.verify(`${header}.${body}.${signature}`), null, alg);
  }
});

Deno.test("another algorithm is refused, even with the right key", async () => {
  const { tokens } = setUp();
  const long = new Uint8Array(64).fill(7);
  const server = createTokens({ secret: long, now: () => start });
  assert.equal(await server.verify(await forge({}, { alg: "HS512" }).sign(long)), null);
  assert.notEqual(await server.verify(await forge().sign(long)), null);
  const { privateKey } = await generateKeyPair("RS256");
  assert.equal(await tokens.verify(await forge({}, { alg: "RS256" }).sign(privateKey)), null);
});

Deno.test("a public key used as a secret opens nothing", async () => {
  const { tokens } = setUp();
  const { publicKey } = await generateKeyPair("RS256", { extractable: true });
  const pem = new TextEncoder().encode(await exportSPKI(publicKey));
  assert.equal(await tokens.verify(await forge().sign(pem)), null);
});

Deno.test("a token of another issuer, type or with a critical extension is refused", async () => {
  const { tokens } = setUp();
  assert.equal(await tokens.verify(await forge({ iss: "other" }).sign(secret)), null);
  assert.equal(await tokens.verify(await forge({ iss: undefined }).sign(secret)), null);
  assert.equal(await tokens.verify(await forge({}, { typ: "at+jwt" }).sign(secret)), null);
  const critical = forge({}, { crit: ["x"], x: 1 }).sign(secret, { crit: { x: true } });
  assert.equal(await tokens.verify(await critical), null);
});

Deno.test("a token without a claim, or with one of another kind, is refused", async () => {
  const { tokens } = setUp();
  const wrong: Record<string, unknown>[] = [
    { sub: undefined },
    { sid: undefined },
    { iat: undefined },
    { exp: undefined },
    { sub: "0" },
    { sub: "5x" },
    { sub: "-5" },
    { sub: "9999999999999999" },
    { sid: "9" },
    { sid: 0 },
    { sid: 1.5 },
    { sid: null },
    { sid: [9] },
    { exp: "soon" },
    { exp: 1e300 },
    { nbf: start / 1000 + 10 },
  ];
  for (const payload of wrong) {
    const token = await new SignJWT({
      iss: "confab",
      sub: "5",
      sid: 9,
      iat: start / 1000,
      exp: start / 1000 + 60,
      ...payload,
    }).setProtectedHeader({ alg: "HS256", typ: "JWT" }).sign(secret);
    assert.equal(await tokens.verify(token), null, JSON.stringify(payload));
  }
});

Deno.test("what is no token is refused, not an error", async () => {
  const { tokens } = setUp();
  const good = await tokens.issue(claims);
  for (
    const garbage of [
      "",
      ".",
      "..",
      "...",
      "a.b.c",
      `${good}.`,
      `${good}=`,
      ` ${good}`,
      good.slice(0, -2),
      good.replaceAll(".", ""),
      "\u0000",
      "é.é.é",
      "{}",
      "x".repeat(5000),
    ]
  ) {
    assert.equal(await tokens.verify(garbage), null, garbage.slice(0, 40));
  }
});

Deno.test("every change of one character is refused: a token has one spelling", async () => {
  const { tokens } = setUp();
  const good = await tokens.issue(claims);
  assert.notEqual(await tokens.verify(good), null);
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  for (let at = 0; at < good.length; at++) {
    const [before, after] = [good.slice(0, at), good.slice(at + 1)];
    // Near the end of a part all of them, where spare bits are; elsewhere a few.
    const isEnd = /^.{0,1}(\.|$)/.test(after);
    const others = isEnd ? `${alphabet}+/=.% ` : "Aa0-_+/= ";
    for (const other of others) {
      if (other === good[at]) continue;
      assert.equal(await tokens.verify(before + other + after), null, `${at}: ${other}`);
    }
    assert.equal(await tokens.verify(before + after), null, `without ${at}`);
    for (const other of ["A", "=", " ", "\t"]) {
      assert.equal(await tokens.verify(before + other + good.slice(at)), null, `${other} at ${at}`);
    }
  }
  for (const tail of ["=", "==", "A", " ", "\n", "."]) {
    assert.equal(await tokens.verify(good + tail), null);
  }
});

Deno.test("a header or claims with spare bits set are refused though they are signed", async () => {
  const { tokens } = setUp();
  const key = await crypto.subtle.importKey(
    "raw",
    secret,
    { name: "HMAC", hash: "SHA-256" },
    false,
    [
      "sign",
    ],
  );
  const [header, payload] = (await forge({ pad: "x" }).sign(secret)).split(".");
  const sign = async (text: string) => {
    const bytes = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text));
    return `${text}.${base64url.encode(new Uint8Array(bytes))}`;
  };
  assert.notEqual(await tokens.verify(await sign(`${header}.${payload}`)), null);
  for (const parts of [[`${header}`, respelled(payload!)], [respelled(header!), `${payload}`]]) {
    assert.equal(await tokens.verify(await sign(parts.join("."))), null, parts.join("."));
  }
});

/** Another spelling of the same bytes; where a part has no spare bits, one character too many. */
function respelled(part: string): string {
  if (part.length % 4 === 0) return `${part}A`;
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return part.slice(0, -1) + alphabet[alphabet.indexOf(part.at(-1)!) + 1];
}

Deno.test("a token that was forgotten is simply verified again", async () => {
  const { tokens } = setUp(1);
  const other = { ...claims, sessionId: 10 };
  const [first, second] = [await tokens.issue(claims), await tokens.issue(other)];
  assert.deepEqual(await tokens.verify(first), claims);
  assert.deepEqual(await tokens.verify(second), other);
  assert.deepEqual(await tokens.verify(first), claims);
});

Deno.test("a secret shorter than the hash is refused", () => {
  assert.throws(() => createTokens({ secret: new Uint8Array(31), now: () => 0 }), TypeError);
});
