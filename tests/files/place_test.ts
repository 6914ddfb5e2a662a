/** Where files are kept, as settings say it. */
import assert from "node:assert/strict";
import {
  bucketPermission,
  type BucketPlace,
  bucketUrl,
  parseEndpoint,
  parsePlace,
  showPlace,
} from "../../lib/files/place.ts";

Deno.test("a place is a folder, a bucket with or without a folder, or none", () => {
  assert.deepEqual(parsePlace("/srv/files"), { kind: "folder", path: "/srv/files" });
  assert.deepEqual(parsePlace("s3://chat"), { kind: "s3", bucket: "chat", prefix: "" });
  assert.deepEqual(parsePlace("s3://chat.example/a/b/"), {
    kind: "s3",
    bucket: "chat.example",
    prefix: "a/b/",
  });
  assert.deepEqual(parsePlace("off"), { kind: "off" });
});

Deno.test("what is no place is refused", () => {
  for (const text of ["", "a,b", "s3://", "s3://A", "s3://a", "s3://chat/..", "s3://chat/a//b"]) {
    assert.equal(parsePlace(text), undefined, text);
  }
  for (const text of ["https://s3.test/chat", "gs://chat", "s3://key:secret@host/chat", "a\0b"]) {
    assert.equal(parsePlace(text), undefined, text);
  }
});

Deno.test("a service's address has nothing behind its host", () => {
  assert.equal(parseEndpoint("https://s3.test/"), "https://s3.test");
  assert.equal(parseEndpoint("http://127.0.0.1:9000"), "http://127.0.0.1:9000");
  assert.equal(parseEndpoint("https://{bucket}.s3.test"), "https://{bucket}.s3.test");
  for (const text of ["s3.test", "https://s3.test/a", "https://a@s3.test", "ftp://s3.test"]) {
    assert.equal(parseEndpoint(text), undefined, text);
  }
});

Deno.test("a bucket is part of the path, or of the host's name", () => {
  const place: BucketPlace = { kind: "s3", bucket: "chat", prefix: "team/" };
  const access = { region: "x", accessKey: "a", secretKey: "b", links: null };
  assert.equal(bucketUrl(place, "https://s3.test"), "https://s3.test/chat");
  assert.equal(bucketUrl(place, "https://{bucket}.s3.test"), "https://chat.s3.test");
  assert.equal(bucketPermission(place, { ...access, endpoint: "https://s3.test" }), "s3.test:443");
  assert.equal(
    bucketPermission(place, { ...access, endpoint: "http://{bucket}.s3.test:9000" }),
    "chat.s3.test:9000",
  );
  assert.equal(showPlace(place), "s3://chat/team/");
});
