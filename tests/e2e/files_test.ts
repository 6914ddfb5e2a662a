/** Files over HTTP: in as a form or in parts, sent with a message, out whole or in ranges. */
import assert from "node:assert/strict";
import type { File, RoomFiles, RoomLinks } from "../../lib/protocol/files.ts";
import type { Message } from "../../lib/protocol/messages.ts";
import { connect } from "../../lib/client/mod.ts";
import type { Problem } from "../support/api_client.ts";
import { type Api, signUp } from "../support/chat_client.ts";
import { eventually } from "../support/eventually.ts";
import {
  beginUpload,
  PIXEL,
  postForm,
  sendBytes,
  sendPart,
  someBytes,
  uploadFile,
} from "../support/file_client.ts";
import { connectTo, latin1, requestText, writeAll } from "../support/raw_http.ts";
import { startProgram } from "../support/program.ts";
import { houseTest, openHouse } from "./house.ts";

const house = openHouse({ CONFAB_FILE_SIZE: "2" });
const test = houseTest(house);

const LIMIT = 2 * 1024 * 1024;

async function send(api: Api, room: number, files: readonly File[], text = ""): Promise<Message> {
  return await api.post<Message>(`/api/rooms/${room}/messages`, {
    text,
    files: files.map(({ id }) => id),
  });
}

/** The paths of all that is kept. */
async function onDisk(folder = `${house.program.dataDir}/files`): Promise<string[]> {
  const paths: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    paths.push(...isDirectory ? await onDisk(path).catch(() => []) : [path]);
  }
  return paths;
}

const statusOf = async (api: Api, path: string) => (await sendBytes(api, "GET", path)).status;

test("a picture is uploaded as a form, sent without a text, and read by who can read that", async () => {
  const { ann, bob, room, onBob } = await house.pair();
  const cid = await signUp(house.url, "cid");
  const { status, body: file } = await postForm(ann.api, PIXEL, {
    name: "../le chat.png",
    type: "text/html",
    alt: "a cat",
  });
  assert.equal(status, 201);
  const { id, blur: _blur, thumbnail: _thumbnail, ...rest } = file;
  assert.deepEqual(rest, {
    name: "le chat.png",
    type: "image/png",
    size: rest.size,
    width: 1,
    height: 1,
    duration: null,
    url: `/files/${id}/le%20chat.png`,
    alt: "a cat",
  });
  assert.equal(await statusOf(ann.api, file.url), 200);
  assert.equal(await statusOf(bob.api, file.url), 404);
  const message = await send(ann.api, room, [file]);
  assert.deepEqual([message.text, message.files, message.links], ["", [file], []]);
  const told = await onBob.event("message", (event) => event.message.id === message.id);
  assert.deepEqual(told.message.files, [file]);
  const read = await sendBytes(bob.api, "GET", file.url);
  assert.equal(read.status, 200);
  assert.equal(read.bytes.length, file.size);
  assert.equal(read.headers.get("content-type"), "image/png");
  assert.equal(
    read.headers.get("content-disposition"),
    `inline; filename="le chat.png"; filename*=UTF-8''le%20chat.png`,
  );
  assert.match(read.headers.get("content-security-policy")!, /default-src 'none'.*sandbox/);
  assert.equal(read.headers.get("x-content-type-options"), "nosniff");
  for (const stranger of [cid.api, house.stranger]) {
    const answer = await sendBytes(stranger, "GET", file.url);
    assert.ok([401, 404].includes(answer.status));
  }
  await ann.api.delete(`/api/rooms/${room}/members/${bob.id}`);
  assert.equal(await statusOf(bob.api, file.url), 404);
  if (file.thumbnail !== null) assert.equal(await statusOf(bob.api, file.thumbnail), 404);
});

test("over the socket too: the same clientId with other files is a conflict", async () => {
  const { ann, room, onAnn } = await house.pair();
  const [one, two] = [await uploadFile(ann.api, "one"), await uploadFile(ann.api, "two")];
  const clientId = "files-over-socket-1";
  const command = { type: "send", clientId, room, text: "", files: [one.id] };
  const { message } = await onAnn.command(command);
  const again = await onAnn.command(command);
  assert.equal(again.message!.id, message!.id);
  await assert.rejects(onAnn.command({ ...command, files: [two.id] }), { code: "conflict" });
  const empty = { ...command, clientId: "files-over-socket-2", files: [] };
  await assert.rejects(onAnn.command(empty), { code: "invalid" });
});

Deno.test("an upload in parts goes on where it stopped, also after the program was killed", async () => {
  await using program = await startProgram();
  const [ann, bob] = [await signUp(program.url, "ann"), await signUp(program.url, "bob")];
  const bytes = someBytes(300_000);
  const path = await beginUpload(ann.api, "big.bin", bytes.length);
  const first = await sendPart(ann.api, path, 0, bytes.slice(0, 100_000));
  assert.deepEqual([first.status, first.headers.get("upload-offset")], [204, "100000"]);
  const wrong = await sendPart(ann.api, path, 50_000, bytes.slice(50_000));
  assert.deepEqual([wrong.status, wrong.headers.get("upload-offset")], [409, "100000"]);
  for (const method of ["HEAD", "PATCH", "DELETE", "GET"]) {
    const body = method === "PATCH" ? "x" : undefined;
    const headers: Record<string, string> = method === "PATCH" ? { "upload-offset": "100000" } : {};
    assert.equal((await sendBytes(bob.api, method, path, body, headers)).status, 404, method);
  }
  await program.kill();
  await program.restart();
  const head = await sendBytes(ann.api, "HEAD", path);
  assert.deepEqual(
    [head.status, head.headers.get("upload-offset"), head.headers.get("upload-length")],
    [200, "100000", "300000"],
  );
  const last = await sendPart(ann.api, path, 100_000, bytes.slice(100_000));
  assert.equal(last.status, 200);
  assert.deepEqual([last.body.size, last.body.name], [300_000, "big.bin"]);
  const again = await sendPart(ann.api, path, 300_000, "");
  assert.deepEqual([again.status, again.body], [200, last.body], "the answer was lost");
  const late = await sendPart(ann.api, path, 100_000, bytes.slice(100_000));
  assert.deepEqual([late.status, late.headers.get("upload-offset")], [409, "300000"]);
  const nonsense = await sendBytes(ann.api, "PATCH", path, "x", { "upload-offset": "x" });
  assert.equal(nonsense.status, 400);
  const read = await sendBytes(ann.api, "GET", last.body.url);
  assert.deepEqual(read.bytes, bytes);
});

test("a body that breaks off leaves what came, and more than was announced is refused", async () => {
  const { ann } = await house.pair();
  const path = await beginUpload(ann.api, "cut.bin", 10);
  const answer = await sendPart<Problem & { limit: number; scope: string }>(
    ann.api,
    path,
    0,
    "0123456789and more",
  );
  const { code, limit, scope } = answer.body;
  assert.deepEqual([answer.status, code, limit, scope], [413, "too_large", 10, "file"]);
  assert.equal(answer.headers.get("upload-offset"), "10", "what stands before it is kept");
  const offset = async () => {
    const head = await sendBytes(ann.api, "HEAD", path);
    return head.headers.get("upload-offset");
  };
  assert.equal(await offset(), "10");
  assert.equal((await sendPart(ann.api, path, 10, "")).body.size, 10);
  const cut = await beginUpload(ann.api, "cut.bin", 1_000_000);
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(someBytes(50_000));
      await new Promise((resolve) => setTimeout(resolve, 50));
      controller.error(new Error("the network went"));
    },
  });
  await assert.rejects(fetch(ann.api.url + cut, {
    method: "PATCH",
    headers: { ...ann.api.headers, "upload-offset": "0" },
    body,
  }));
  await eventually(async () => {
    const head = await sendBytes(ann.api, "HEAD", cut);
    assert.ok(Number(head.headers.get("upload-offset")) > 0);
  });
});

test("a form with a field that nobody knows is refused, and its file is not kept", async () => {
  const { ann } = await house.pair();
  const form = new FormData();
  form.append("file", new Blob(["words"]), "words.txt");
  form.append("alts", "some words");
  const { status, body } = await sendBytes(ann.api, "POST", "/api/files", form);
  assert.deepEqual([status, body.code], [422, "invalid"]);
  assert.match(JSON.stringify(body.errors), /alts/);
  const next = await uploadFile(ann.api, "words");
  assert.equal((await ann.api.refused("GET", `/api/files/${next.id - 1}`)).status, 404);
});

test("what is too large is refused at once, and says the limit", async () => {
  const { ann, onAnn } = await house.pair();
  assert.equal(onAnn.ready.limits.fileSize, LIMIT);
  const wish = { name: "a", size: LIMIT + 1, type: "" };
  const refused = await ann.api.refused("POST", "/api/files", wish);
  assert.deepEqual(
    [refused.status, refused.code, (refused as unknown as { limit: number }).limit],
    [413, "too_large", LIMIT],
  );
  assert.match(refused.detail, /2097152/);
  for (const more of [1, 500_000]) {
    const form = await postForm(ann.api, someBytes(LIMIT + more));
    assert.deepEqual([form.status, form.body.code], [413, "too_large"]);
  }
  const bytes = someBytes(LIMIT);
  const { status, body } = await postForm(ann.api, bytes);
  assert.equal(status, 201);
  assert.deepEqual((await sendBytes(ann.api, "GET", body.url)).bytes, bytes);
});

test("an empty file, a form without one, and what is no form", async () => {
  const { ann } = await house.pair();
  assert.equal((await uploadFile(ann.api, "", "empty.txt")).size, 0);
  const path = await beginUpload(ann.api, "empty.txt", 0);
  assert.equal((await sendPart(ann.api, path, 0, "")).body.size, 0);
  const other = await postForm(ann.api, "x", { field: "other" });
  assert.deepEqual([other.status, other.body.errors?.[0]?.path], [422, "file"]);
  const headers = { "content-type": "multipart/form-data; boundary=x" };
  const broken = await sendBytes(ann.api, "POST", "/api/files", "--x\r\nnothing", headers);
  assert.deepEqual([broken.status, broken.body.code], [400, "bad_request"]);
  const bare = { "content-type": "multipart/form-data" };
  assert.equal((await sendBytes(ann.api, "POST", "/api/files", "x", bare)).status, 400);
});

test("a form that never ends is ended, whatever its file is", async () => {
  const { ann } = await house.pair();
  const part = (name: string) => `--x\r\nContent-Disposition: form-data; name="${name}"`;
  const start = `${part("file")}; filename="a"\r\n\r\nsmall\r\n${part("other")}\r\n\r\n`;
  const headers = {
    ...ann.api.headers,
    host: new URL(house.url).host,
    "content-type": "multipart/form-data; boundary=x",
    "transfer-encoding": "chunked",
  };
  using connection = await connectTo(house.url);
  const piece = (text: string) => latin1(`${text.length.toString(16)}\r\n${text}\r\n`);
  await writeAll(connection, latin1(requestText("POST", "/api/files", headers)));
  await writeAll(connection, piece(start));
  // More than a file may have; and its end never comes.
  for (let sent = 0; sent < LIMIT + 4 * 65_536; sent += 65_536) {
    await writeAll(connection, piece("x".repeat(65_536)));
  }
  const answer = new Uint8Array(1_024);
  const length = await connection.read(answer);
  assert.match(new TextDecoder().decode(answer.subarray(0, length ?? 0)), /^HTTP\/1\.1 413 /);
});

test("a form with two files is refused whole, so that none of them is lost unseen", async () => {
  const { ann } = await house.pair();
  const before = await onDisk();
  for (const names of [["file", "file"], ["other", "file"], ["file", "other"]]) {
    const form = new FormData();
    for (const name of names) form.append(name, new Blob(["x".repeat(100_000)]), `${name}.txt`);
    const refused = await sendBytes(ann.api, "POST", "/api/files", form);
    assert.deepEqual([refused.status, refused.body.errors?.[0]?.path], [422, "file"], `${names}`);
  }
  await eventually(async () => assert.deepEqual(await onDisk(), before));
  const form = new FormData();
  form.append("file", new Blob(["x"]), 'a "quoted"\r\nname.txt');
  const { body } = await sendBytes<File>(ann.api, "POST", "/api/files", form);
  assert.equal(body.name, 'a "quoted"name.txt', "as browsers write it in a form");
});

test("a file that was not sent can be taken back, and one that was cannot", async () => {
  const { ann, bob, room } = await house.pair();
  const before = await onDisk();
  const file = await uploadFile(ann.api, "one", "one.txt", "text/plain");
  const path = `/api/files/${file.id}`;
  assert.equal((await bob.api.refused("DELETE", path)).status, 404);
  const own = (await onDisk()).filter((path) => !before.includes(path));
  assert.equal(own.length, 1, "its bytes are there");
  await ann.api.delete(path);
  assert.equal(await statusOf(ann.api, file.url), 404);
  assert.equal((await ann.api.refused("DELETE", path)).status, 404);
  await eventually(async () => {
    assert.ok(!(await onDisk()).includes(own[0]!), "its bytes are gone");
  });
  const body = { text: "", files: [file.id] };
  const refused = await ann.api.refused("POST", `/api/rooms/${room}/messages`, body);
  assert.deepEqual([refused.status, refused.errors?.[0]?.path], [422, "files"]);
  const sent = await uploadFile(ann.api, "two");
  await send(ann.api, room, [sent]);
  assert.equal((await ann.api.refused("DELETE", `/api/files/${sent.id}`)).status, 404);
});

test("who deletes an upload whose bytes are still coming ends them, and nothing of it is left", async () => {
  const { ann } = await house.pair();
  const before = await onDisk();
  const path = await beginUpload(ann.api, "slow.bin", 1_000_000);
  const headers = {
    ...ann.api.headers,
    host: new URL(house.url).host,
    "upload-offset": "0",
    "content-length": "1000000",
  };
  using connection = await connectTo(house.url);
  await writeAll(connection, latin1(requestText("PATCH", path, headers)));
  await writeAll(connection, someBytes(200_000));
  await eventually(async () => assert.ok((await onDisk()).length > before.length));
  await ann.api.delete(path);
  const answer = new Uint8Array(1_024);
  const length = await connection.read(answer);
  assert.match(new TextDecoder().decode(answer.subarray(0, length ?? 0)), /^HTTP\/1\.1 404 /);
  assert.equal((await sendBytes(ann.api, "HEAD", path)).status, 404);
  assert.equal((await sendPart(ann.api, path, 0, "again")).status, 404);
  await eventually(async () => assert.deepEqual(await onDisk(), before));
});

test("ranges are given as they are asked for, and a known file is not sent again", async () => {
  const { ann } = await house.pair();
  const file = await uploadFile(ann.api, "0123456789", "ten.bin");
  const ask = (headers: Record<string, string>, method = "GET") =>
    sendBytes(ann.api, method, file.url, undefined, headers);
  const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const cases: [range: string, status: number, text: string, says: string | null][] = [
    ["bytes=0-3", 206, "0123", "bytes 0-3/10"],
    ["bytes=7-", 206, "789", "bytes 7-9/10"],
    ["bytes=-2", 206, "89", "bytes 8-9/10"],
    ["bytes=-99", 206, "0123456789", "bytes 0-9/10"],
    ["bytes=5-99", 206, "56789", "bytes 5-9/10"],
    ["bytes=10-", 416, "", "bytes */10"],
    ["bytes=-0", 416, "", "bytes */10"],
    ["bytes=5-2", 200, "0123456789", null],
    ["bytes=-", 200, "0123456789", null],
    ["bytes=0-1,4-5", 200, "0123456789", null],
    ["lines=1-2", 200, "0123456789", null],
    ["bytes=99999999999999999999-", 416, "", "bytes */10"],
    ["bytes=8-9223372036854775807", 206, "89", "bytes 8-9/10"], // a player's "to the end"
    ["bytes=-9223372036854775807", 206, "0123456789", "bytes 0-9/10"],
    ["Bytes=0-3", 206, "0123", "bytes 0-3/10"],
  ];
  for (const [range, status, text, says] of cases) {
    const answer = await ask({ range });
    const given = status === 416 ? "" : textOf(answer.bytes);
    assert.deepEqual([answer.status, given, answer.headers.get("content-range")], [
      status,
      text,
      says,
    ], range);
  }
  const past = await ask({ range: "bytes=10-" });
  assert.equal(past.headers.get("content-type"), "application/problem+json");
  const { status, code, detail } = past.body;
  assert.deepEqual([status, code], [416, "bad_request"]);
  assert.match(detail, /10 bytes/);
  for (const range of ["bytes=10-", "bytes=0-3"]) {
    const { status, headers, bytes } = await ask({ range }, "HEAD");
    assert.deepEqual([status, headers.get("content-length"), bytes.length], [200, "10", 0], range);
  }
  const first = await ask({});
  const etag = first.headers.get("etag")!;
  assert.equal(first.headers.get("accept-ranges"), "bytes");
  assert.match(first.headers.get("cache-control")!, /private, no-cache/);
  assert.equal((await ask({ "if-none-match": etag })).status, 304);
  assert.equal((await ask({ "if-none-match": `W/${etag}, "x"` })).status, 304);
  assert.equal((await ask({ range: "bytes=0-3", "if-range": etag })).status, 206);
  assert.equal((await ask({ range: "bytes=0-3", "if-range": '"other"' })).status, 200);
  const head = await ask({}, "HEAD");
  assert.deepEqual([head.status, head.headers.get("content-length"), head.bytes.length], [
    200,
    "10",
    0,
  ]);
});

test("pages and scripts that somebody sends are saved, never shown", async () => {
  const { ann } = await house.pair();
  const hostile: [name: string, type: string, bytes: string][] = [
    ["page.html", "text/html", "<!doctype html><script>alert(1)</script>"],
    ["picture.svg", "image/svg+xml", `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`],
    ["script.js", "text/javascript", "alert(1)"],
    ["feed.xml", "application/xhtml+xml", `<html xmlns="http://www.w3.org/1999/xhtml"/>`],
    ["notes.xml", "text/xml", `<?xml version="1.0"?><title>words</title>`],
    ["trick.png", "image/png", "<script>alert(1)</script>"],
    ["paper.pdf", "application/pdf", "%PDF-1.4\n%âãÏÓ\n"],
  ];
  for (const [name, type, bytes] of hostile) {
    const file = await uploadFile(ann.api, bytes, name, type);
    const { headers } = await sendBytes(ann.api, "GET", file.url);
    assert.match(headers.get("content-disposition")!, /^attachment; /, name);
    assert.doesNotMatch(headers.get("content-type")!, /html|svg|javascript|xml/, name);
    assert.match(headers.get("content-security-policy")!, /sandbox/, name);
    assert.equal(headers.get("x-content-type-options"), "nosniff");
  }
});

test("no name breaks out of its header, its address or its line", async () => {
  const { ann } = await house.pair();
  const names = [
    'say "hi"; x=y.txt',
    "a\r\nset-cookie: evil=1.txt",
    "../../../etc/passwd",
    `${"x".repeat(300)}.txt`,
    "invoice\u202egpj.exe",
    "Отчёт 100%.txt",
    "thumbnail",
    "a/b#c?d.txt",
  ];
  for (const name of names) {
    const { id } = await ann.api.post<{ id: number }>("/api/files", { name, size: 1, type: "" });
    const { body: file } = await sendPart(ann.api, `/api/files/${id}`, 0, "x");
    assert.doesNotMatch(file.name, /[\r\n/\\\u202e]/, name);
    assert.ok([...file.name].length <= 255);
    const { status, headers, bytes } = await sendBytes(ann.api, "GET", file.url);
    assert.deepEqual([status, bytes.length], [200, 1], name);
    assert.equal(headers.get("set-cookie"), null);
    assert.match(
      headers.get("content-disposition")!,
      /^attachment; filename="[^"\\]*"; filename\*=UTF-8''[\w.!~%-]+$/,
      name,
    );
  }
});

test("what a deletion takes away is gone from the disk, and nobody reads it meanwhile", async () => {
  const { ann, bob, room } = await house.pair();
  const file = await uploadFile(ann.api, someBytes(5_000), "gone.bin");
  const message = await send(ann.api, room, [file], "look");
  assert.equal(await statusOf(bob.api, file.url), 200);
  await ann.api.delete(`/api/messages/${message.id}`);
  assert.equal(await statusOf(bob.api, file.url), 404);
  assert.equal(await statusOf(ann.api, file.url), 404);
  await ann.api.post(`/api/messages/${message.id}/restore`, undefined, 200);
  assert.equal(await statusOf(bob.api, file.url), 200);
});

test("what is to be seen on a file is said, and changes its message once", async () => {
  const { ann, bob, room, onBob } = await house.pair();
  const file = await uploadFile(ann.api, PIXEL, "cat.png");
  const path = `/api/files/${file.id}`;
  assert.equal((await ann.api.patch<File>(path, { alt: "a cat" })).alt, "a cat");
  const message = await send(ann.api, room, [file]);
  assert.equal((await bob.api.refused("PATCH", path, { alt: "a dog" })).status, 403);
  assert.equal((await ann.api.patch<File>(path, { alt: "a grey cat" })).alt, "a grey cat");
  const told = await onBob.event("message", ({ rev }) => rev === message.rev + 1);
  assert.equal(told.message.files[0]?.alt, "a grey cat");
  assert.equal((await ann.api.refused("PATCH", path, { alt: "x".repeat(1_001) })).status, 422);
  assert.equal((await bob.api.get<File>(path)).alt, "a grey cat");
});

test("a room lists its files and links", async () => {
  const { ann, bob, room } = await house.pair();
  const cat = await uploadFile(ann.api, PIXEL, "cat.png");
  const plain = await uploadFile(ann.api, "words", "words.txt", "text/plain");
  await send(ann.api, room, [cat, plain], "see https://example.com/page");
  const list = (query: string) => bob.api.get<RoomFiles>(`/api/rooms/${room}/files${query}`);
  const ids = async (query: string) => (await list(query)).files.map(({ file }) => file.id);
  assert.deepEqual(await ids(""), [cat.id, plain.id]);
  assert.deepEqual(await ids("?kind=picture"), [cat.id]);
  assert.deepEqual(await ids("?kind=file&limit=1"), [plain.id]);
  assert.deepEqual(await ids("?kind=voice"), []);
  assert.equal((await bob.api.refused("GET", `/api/rooms/${room}/files?kind=x`)).status, 422);
  const { links } = await bob.api.get<RoomLinks>(`/api/rooms/${room}/links`);
  assert.deepEqual(links.map(({ url }) => url), ["https://example.com/page"]);
});

test("a program without a page sends files and reads them", async () => {
  const { ann, bob, room } = await house.pair();
  const bot = await connect(house.url, { token: ann.token });
  const bytes = someBytes(100_000);
  const files = [
    { name: "noise.bin", bytes },
    { name: "cat.png", bytes: new Blob([PIXEL]), alt: "a cat" },
  ];
  const message = await bot.sendFiles(room, files, { text: "look" });
  assert.deepEqual(
    [message.text, message.files.map(({ name, alt }) => [name, alt])],
    ["look", [["noise.bin", ""], ["cat.png", "a cat"]]],
  );
  const reader = await connect(house.url, { token: bob.token });
  const read = await new Response(await reader.readFile(message.files[0]!)).bytes();
  assert.deepEqual(read, bytes);
  await assert.rejects(bot.readFile({ url: "/files/999999/x" }), { code: "not_found" });
  await bot.close();
  await reader.close();
});
