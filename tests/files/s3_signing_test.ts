/**
 * Signatures against the examples that Amazon publishes ("Signature Calculations for the
 * Authorization Header" and "Authenticating Requests: Using Query Parameters" of the S3 reference).
 */
import assert from "node:assert/strict";
import { signedAddress, signedHeaders } from "../../lib/files/s3_signing.ts";

const KEYS = {
  region: "us-east-1",
  accessKey: "AKIAIOSFODNN7EXAMPLE",
  secretKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};
const NOW = Date.UTC(2013, 4, 24);
const BUCKET = "https://examplebucket.s3.amazonaws.com";
const EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** The signature of such a request. */
async function signatureOf(
  method: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<string> {
  const url = new URL(`${BUCKET}${path}`);
  const hash = { "x-amz-content-sha256": EMPTY };
  const signed = await signedHeaders(KEYS, { method, url, headers: { ...hash, ...headers } }, NOW);
  assert.equal(signed.get("x-amz-date"), "20130524T000000Z");
  return signed.get("authorization")!.replace(/^.*Signature=/, "");
}

Deno.test("a request for a part of an object is signed as in the example", async () => {
  assert.equal(
    await signatureOf("GET", "/test.txt", { range: "bytes=0-9" }),
    "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
  );
});

Deno.test("what is put is signed as in the example, with headers of all kinds", async () => {
  assert.equal(
    await signatureOf("PUT", "/test$file.text", {
      date: "Fri, 24 May 2013 00:00:00 GMT",
      "x-amz-content-sha256": "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
      "x-amz-storage-class": "REDUCED_REDUNDANCY",
    }),
    "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
  );
});

Deno.test("lists and other requests with a query are signed as in the examples", async () => {
  assert.deepEqual(
    [await signatureOf("GET", "/?max-keys=2&prefix=J"), await signatureOf("GET", "/?lifecycle")],
    [
      "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
      "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
    ],
  );
});

Deno.test("an address that gives an object is signed as in the example", async () => {
  const url = new URL(`${BUCKET}/test.txt`);
  assert.equal(
    await signedAddress(KEYS, url, { now: NOW, seconds: 86_400 }),
    `${BUCKET}/test.txt?X-Amz-Expires=86400&X-Amz-Date=20130524T000000Z` +
      "&X-Amz-Algorithm=AWS4-HMAC-SHA256" +
      "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request" +
      "&X-Amz-SignedHeaders=host" +
      "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
  );
});
