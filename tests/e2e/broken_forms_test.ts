/** Forms as no browser sends them, wherever one with a file is taken: refused, and no fault of ours. */
import assert from "node:assert/strict";
import { postForm, sendBytes } from "../support/file_client.ts";
import { latin1 } from "../support/raw_http.ts";
import { houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

const TYPE = "multipart/form-data; boundary=b";
const NAMED = 'Content-Disposition: form-data; name="file"; filename="a.txt"';

/** A form of these parts: the lines of each one's head, and what is in it. */
function form(...parts: [head: string, body: string][]): string {
  return parts.map(([head, body]) => `--b\r\n${head}\r\n\r\n${body}\r\n`).join("") + "--b--\r\n";
}

const data = (about: string) => `Content-Disposition: form-data${about}`;

interface Sent {
  what: string;
  body: string;
  type?: string;
  /** Of `/api/files`. */
  status: number;
}

const FORMS: Sent[] = [
  // Without a name, which the form's reader tells as no name at all.
  { what: "a field without a name", body: form([data(""), "z"]), status: 400 },
  { what: "a field whose name is empty", body: form([data('; name=""'), "z"]), status: 400 },
  { what: "a file without a name", body: form([data('; filename="a"'), "z"]), status: 400 },
  { what: "bytes without a name", body: form([`${data("")}\r\n${bytes()}`, "z"]), status: 400 },
  {
    what: "a nameless field behind a file",
    body: form([NAMED, "z"], [data(""), "z"]),
    status: 400,
  },
  // Broken as a whole.
  { what: "nothing but a beginning", body: "--b\r\n", status: 400 },
  { what: "half a head", body: `--b\r\n${NAMED}`, status: 400 },
  { what: "half a file", body: `--b\r\n${NAMED}\r\n\r\nz`, status: 400 },
  { what: "no end", body: form([NAMED, "z"]).slice(0, -4), status: 400 },
  { what: "one dash for two", body: form([NAMED, "z"]).replace("--b--", "--b-"), status: 400 },
  { what: "another boundary", body: form([NAMED, "z"]).replaceAll("--b", "--c"), status: 400 },
  { what: "no form at all", body: "\0\x01\xff".repeat(1_000), status: 400 },
  { what: "binary heads", body: form(["\xff\xfe\0: \x01", "z"]), status: 400 },
  { what: "a head of no lines", body: form(["", "z"]), status: 400 },
  { what: "an endless head", body: form([`X: ${"x".repeat(20_000)}`, "z"]), status: 400 },
  // What says itself what it is.
  { what: "no boundary", body: form([NAMED, "z"]), type: "multipart/form-data; a=b", status: 400 },
  { what: "no parameter", body: form([NAMED, "z"]), type: "multipart/form-data;", status: 400 },
  {
    what: "an empty boundary",
    body: form([NAMED, "z"]),
    type: 'multipart/form-data; boundary=""',
    status: 400,
  },
  {
    what: "a long boundary",
    body: form([NAMED, "z"]),
    type: `multipart/form-data; boundary=${"b".repeat(5_000)}`,
    status: 400,
  },
  {
    what: "a boundary of strange letters",
    body: form([NAMED, "z"]),
    type: 'multipart/form-data; boundary="\xff(\\"b"',
    status: 400,
  },
  {
    what: "a nested form's type",
    body: form([NAMED, "z"]),
    type: TYPE.replace("form-data", "mixed"),
    status: 400,
  },
  // Whole, but without what is wanted.
  { what: "no parts", body: "--b--\r\n", status: 422 },
  { what: "no disposition", body: form([bytes(), "z"]), status: 422 },
  { what: "an empty disposition", body: form(["Content-Disposition:", "z"]), status: 422 },
  {
    what: "an attachment",
    body: form([NAMED.replace("form-data", "attachment"), "z"]),
    status: 422,
  },
  { what: "a text for a file", body: form([data('; name="file"'), "z"]), status: 422 },
  { what: "two files", body: form([NAMED, "z"], [NAMED, "z"]), status: 422 },
  {
    what: "a name that is a prototype's",
    body: form([NAMED, "z"], [data('; name="alt"'), "a"], [data('; name="__proto__"'), "z"]),
    status: 422,
  },
  {
    what: "a charset that nobody knows",
    body: form([data("; name=\"file\"; filename*=klingon''%ff%f0"), "z"]),
    status: 422,
  },
  {
    what: "a field that is too long",
    body: form([NAMED, "z"], [data('; name="alt"'), "z".repeat(20_000)]),
    status: 400,
  },
  {
    what: "many fields",
    body: form(
      [NAMED, "z"],
      ...Array.from({ length: 2_000 }, (_, at): [string, string] => [data(`; name="f${at}"`), ""]),
    ),
    status: 422,
  },
  {
    what: "a broken escape in a file's name",
    body: form([data("; name=\"file\"; filename*=UTF-8''%E0%A4%A"), "z"]),
    status: 422,
  },
  // Odd, and still a file.
  {
    what: "a file without a filename",
    body: form([`${data('; name="file"')}\r\n${bytes()}`, "z"]),
    status: 201,
  },
  {
    what: "an encoding",
    body: form([`${NAMED}\r\nContent-Transfer-Encoding: base64`, "eg=="]),
    status: 201,
  },
  {
    what: "a form in a form",
    body: form([`${NAMED}\r\nContent-Type: multipart/mixed; boundary=c`, "--c\r\n\r\nz\r\n--c--"]),
    status: 201,
  },
  {
    what: "a field twice",
    body: form([NAMED, "z"], [data('; name="alt"'), "a"], [data('; name="alt"'), "b"]),
    status: 201,
  },
  {
    what: "a field in a charset that nobody knows",
    body: form([NAMED, "z"], [
      `${data('; name="alt"')}\r\nContent-Type: text/plain; charset=x`,
      "a",
    ]),
    status: 422,
  },
];

function bytes(): string {
  return "Content-Type: application/octet-stream";
}

test("a form that is broken or odd is refused by what it is, and the next one is taken", async () => {
  const codes: Record<number, string | undefined> = { 400: "bad_request", 422: "invalid" };
  for (const { what, body, type = TYPE, status } of FORMS) {
    const { api } = await house.person();
    const send = () => sendBytes(api, "POST", "/api/files", latin1(body), { "content-type": type });
    const answer = await send();
    assert.deepEqual([answer.status, answer.body.code], [status, codes[status]], what);
    assert.equal((await postForm(api, "z")).status, 201, `after ${what}`);
  }
  assert.doesNotMatch(house.program.stderr() + house.program.stdout(), /a request failed/);
});

test("pictures and emoji take no harm from the same forms, by the API and by their pages", async () => {
  const { owner } = house;
  const room = await house.room(owner);
  const named = `--b\r\n${data('; name="name"')}\r\n\r\nkea\r\n`;
  const routes: [method: string, path: string, field: string, before: string][] = [
    ["PUT", "/api/me/avatar", "file", ""],
    ["PUT", `/api/rooms/${room.id}/picture`, "file", ""],
    ["POST", "/api/emoji", "file", named],
    ["POST", "/emoji", "file", named],
    ["POST", "/settings/avatar", "file", ""],
    ["POST", "/admin/logo", "logo", ""],
  ];
  for (const [method, path, field, before] of routes) {
    for (const { what, body, type = TYPE } of FORMS) {
      const sent = latin1(before + body.replaceAll('name="file"', `name="${field}"`));
      const headers = { "content-type": type };
      const answer = await sendBytes(owner.api, method, path, sent, headers);
      const isRefused = [400, 422].includes(answer.status) ||
        /notice=/.test(answer.headers.get("location") ?? "");
      assert.ok(isRefused, `${path}: ${what}: ${answer.status}`);
    }
  }
  assert.doesNotMatch(house.program.stderr() + house.program.stdout(), /a request failed/);
});
