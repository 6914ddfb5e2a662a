/** Codes of authenticator apps. */
import assert from "node:assert/strict";
import { stepOf, uriOf } from "../../lib/auth/totp.ts";

/** "12345678901234567890" in base32: the secret of RFC 6238's vectors. */
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

Deno.test("the vectors of RFC 6238 are right, by their last six digits", async () => {
  const vectors: [seconds: number, code: string][] = [
    [59, "287082"],
    [1111111109, "081804"],
    [1111111111, "050471"],
    [1234567890, "005924"],
    [2000000000, "279037"],
    [20000000000, "353130"],
  ];
  for (const [seconds, code] of vectors) {
    assert.equal(await stepOf(code, SECRET, seconds * 1000), Math.floor(seconds / 30));
  }
});

Deno.test("no step counts that is not newer than the last one", async () => {
  assert.equal(await stepOf("287082", SECRET, 59_000, 1), null);
  assert.equal(await stepOf("287082", SECRET, 59_000, 0), 1);
});

Deno.test("digits of another script, signs and lengths are no code", async () => {
  for (const code of ["٢٨٧٠٨٢", "28708", "0287082", "-87082", "28708.", "287082\n"]) {
    assert.equal(await stepOf(code, SECRET, 59_000), null, code);
  }
});

Deno.test("an app is told names of any script and what a colon would break", async () => {
  const uri = await uriOf(SECRET, "Наш чат: школа", "анна");
  const { searchParams, protocol } = new URL(uri);
  assert.equal(protocol, "otpauth:");
  assert.equal(searchParams.get("secret"), SECRET);
  assert.equal(searchParams.get("issuer"), "Наш чат: школа");
});
