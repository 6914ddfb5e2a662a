/** Letters, on the running program and to a mail server: addresses, lost passwords, a server away. */
import assert from "node:assert/strict";
import type { SMTPServerOptions } from "smtp-server";
import type { MyEmail } from "../../lib/protocol/emails.ts";
import { Api, PASSWORD, type Person, type Problem, signUp } from "../support/chat_client.ts";
import { eventually } from "../support/eventually.ts";
import { makeCertificate } from "../support/certificate.ts";
import { MailSink, type Received } from "../support/mail_sink.ts";
import { type Program, startProgram } from "../support/program.ts";

const CHOSEN = "the sea walks back at night";

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

interface Place {
  program: Program;
  sink: MailSink & { port: number };
  /** The first account. */
  ann: Person;
}

async function withMail(
  test: (place: Place) => Promise<void>,
  { smtp, env = {} }: { smtp?: (port: number) => string; env?: Record<string, string> } = {},
): Promise<void> {
  const sink = await MailSink.start();
  const port = freePort();
  const program = await startProgram({
    args: ["--port", String(port)],
    env: {
      CONFAB_ORIGIN: `http://localhost:${port}`,
      CONFAB_SMTP: (smtp ?? ((at) => `smtp://127.0.0.1:${at}?tls=never`))(sink.port),
      CONFAB_MAIL_FROM: "Our chat <chat@example.org>",
      ...env,
    },
  });
  try {
    await test({ program, sink, ann: await signUp(program.url, "ann") });
  } finally {
    await program.stop();
    await sink.stop();
  }
}

/** The link in a letter; in both forms it is the same. */
function linkIn({ text, html }: Received): string {
  const link = /^http\S+\/(?:reset|email)\/[\w-]{43}$/m.exec(text)![0];
  assert.ok(html.includes(`href="${link}"`), html);
  return link;
}

async function send(url: string, form: Record<string, string>, headers: HeadersInit = {}) {
  const answer = await fetch(url, {
    method: "POST",
    body: new URLSearchParams(form),
    headers: { accept: "text/html", ...headers },
    redirect: "manual",
  });
  return { status: answer.status, html: await answer.text(), headers: answer.headers };
}

async function wantEmail({ api }: Person, address: string): Promise<void> {
  const { status, body } = await api.request("PUT", "/api/me/email", { address });
  assert.equal(status, 202, JSON.stringify(body));
}

/** Gives somebody a proven address. */
async function prove({ sink }: Place, person: Person, address: string): Promise<void> {
  const before = sink.letters.length;
  await wantEmail(person, address);
  const letters = await sink.received(before + 1);
  assert.equal((await send(linkIn(letters.at(-1)!), {})).status, 200);
}

const ask = ({ program }: Place, name: string) =>
  new Api(program.url).request<Problem>("POST", "/api/forgot", { name });

const logIn = async (url: string, username: string, password: string) =>
  (await new Api(url).request("POST", "/api/login", { username, password })).status;

Deno.test("an address is proven by the link of a letter, and a lost password found again by another", () =>
  withMail(async (place) => {
    const { program, sink, ann } = place;
    const email = () => ann.api.get<MyEmail>("/api/me/email");
    assert.deepEqual(await email(), { address: null, pending: null, sendsMail: true });
    await wantEmail(ann, "Ann@Example.org");
    const [proof] = await sink.received(1);
    assert.deepEqual([proof!.from, proof!.to], ["chat@example.org", ["Ann@example.org"]]);
    assert.match(proof!.head, /^From: "?Our chat"? <chat@example\.org>$/m);
    assert.match(proof!.head, /^Auto-Submitted: auto-generated$/m);
    assert.match(proof!.text, /account ann at Confab/);
    const page = await (await fetch(linkIn(proof!))).text();
    assert.match(page, /Ann@example\.org/);
    assert.equal((await email()).address, null, "whoever only looks proves nothing");
    assert.equal((await send(linkIn(proof!), {})).status, 200);
    assert.deepEqual(await email(), { address: "Ann@example.org", pending: null, sendsMail: true });
    assert.equal((await send(linkIn(proof!), {})).status, 404);

    assert.equal((await ask(place, "ann@example.org")).status, 204);
    const [, reset] = await sink.received(2);
    assert.deepEqual(reset!.to, ["Ann@example.org"]);
    const done = await send(linkIn(reset!), { password: CHOSEN });
    assert.equal(done.status, 303, done.html);
    assert.equal(await logIn(program.url, "ann", PASSWORD), 401);
    assert.equal(await logIn(program.url, "ann", CHOSEN), 200);
    // Beside the one about the new sign-in, in any order.
    const told = (await sink.received(4)).find(({ head }) =>
      /^Subject: Your password at Confab was changed$/m.test(head)
    );
    assert.doesNotMatch(told!.text, /\/reset\//);
    for (const secret of [linkIn(reset!), linkIn(proof!), "ann@example.org"]) {
      assert.ok(!program.stderr().toLowerCase().includes(secret.split("/").at(-1)!.toLowerCase()));
    }
  }));

Deno.test("known and unknown are answered alike, word for word, by page and by program", () =>
  withMail(async (place) => {
    const { program, sink, ann } = place;
    await prove(place, ann, "ann@example.org");
    await signUp(program.url, "ben");
    const seen = new Set<string>();
    for (const name of ["ann", "ann@example.org", "ben", "zoe", "zoe@example.org", "@", "\u202e"]) {
      const answer = await ask(place, name);
      const page = await send(`${program.url}/forgot`, { name: `${name} ` });
      seen.add(JSON.stringify([answer.status, answer.body, page.status, page.html]));
      assert.equal(page.headers.get("location"), "/forgot?sent");
    }
    assert.equal(seen.size, 1);
    assert.equal([...seen][0], JSON.stringify([204, null, 303, ""]));
    const letters = await sink.received(4);
    assert.deepEqual(letters.slice(1).map(({ to }) => to), Array(3).fill(["ann@example.org"]));
  }));

Deno.test("an account that exists takes as long as one that does not", () =>
  withMail(async (place) => {
    await prove(place, place.ann, "ann@example.org");
    const times: Record<string, number[]> = { "ann@example.org": [], "zoe@example.org": [] };
    for (let round = 0; round < 40; round++) {
      for (const [name, taken] of Object.entries(times)) {
        const began = performance.now();
        assert.equal((await ask(place, name)).status, 204);
        taken.push(performance.now() - began);
      }
    }
    const median = (taken: number[]) => taken.sort((a, b) => a - b)[20]!;
    const [known, unknown] = Object.values(times).map(median);
    // The two do the same: what differs is the machine's, and far from what a lookup would tell.
    assert.ok(known! < 3 * unknown! && unknown! < 3 * known!, `${known} ms, ${unknown} ms`);
  }));

Deno.test("who asks too often for one account is told to wait, and no mailbox is filled", () =>
  withMail(async (place) => {
    const { sink, ann } = place;
    await prove(place, ann, "ann@example.org");
    for (const name of ["ann", "nobody-here"]) {
      const codes = [];
      for (let time = 0; time < 5; time++) {
        const { status, body } = await ask(place, time % 2 ? name.toUpperCase() : `@${name}`);
        codes.push(status === 204 ? 204 : body.code);
      }
      assert.deepEqual(codes, [204, 204, 204, "rate_limited", "rate_limited"], name);
    }
    assert.equal((await sink.received(4)).length, 4);
  }, { env: { CONFAB_AUTH_RATE: "300" } }));

Deno.test("an address that would be a second recipient or another line is none", () =>
  withMail(async (place) => {
    const { sink, ann } = place;
    for (
      const address of [
        "",
        "ann",
        "ann@localhost",
        "a@b.org\r\nBcc: c@d.org",
        "a@b.org,c@d.org",
        "Ann <a@b.org>",
        "a@b.org c@d.org",
        '"a b"@b.org',
        "a@[127.0.0.1]",
        "a@127.0.0.1",
        `${"a".repeat(65)}@b.org`,
        `a@${"b".repeat(250)}.org`,
      ]
    ) {
      const { status, body } = await ann.api.request<Problem>("PUT", "/api/me/email", { address });
      assert.deepEqual([status, body.errors?.[0]?.path], [422, "address"], address);
    }
    await wantEmail(ann, "анна@почта.рф");
    const [letter, ...others] = await sink.received(1);
    assert.equal(letter!.to.length, 1);
    assert.match(letter!.to[0]!, /^анна@(почта\.рф|xn--80a1acny\.xn--p1ai)$/);
    assert.deepEqual(others, []);
  }));

Deno.test("letters are in the reader's language, plain and as HTML, and names cannot change them", () =>
  withMail(async (place) => {
    const { program, sink, ann } = place;
    await ann.api.request("PATCH", "/api/me", { language: "ru" });
    await ann.api.request("PATCH", "/api/workspace/settings", { name: "<b>Дом & сад</b>" });
    await prove(place, ann, "ann@example.org");
    await ask(place, "ann");
    const [proof, reset] = await sink.received(2);
    assert.match(proof!.head, /^Subject: Подтвердите адрес почты: <b>Дом & сад<\/b>$/m);
    assert.match(reset!.text, /^Кто-то \(надеемся, вы\) запросил новый пароль/);
    assert.match(reset!.html, /&lt;b&gt;Дом &amp; сад&lt;\/b&gt;/);
    assert.doesNotMatch(reset!.html, /<b>/);
    assert.ok(linkIn(reset!).startsWith(`${program.url}/reset/`));
  }));

Deno.test("whatever host is asked, links lead to the site of the settings", () =>
  withMail(async (place) => {
    const { program, sink, ann } = place;
    await prove(place, ann, "ann@example.org");
    const { port } = new URL(program.url);
    using connection = await Deno.connect({ hostname: "127.0.0.1", port: Number(port) });
    const body = JSON.stringify({ name: "ann" });
    await connection.write(new TextEncoder().encode(
      `POST /api/forgot HTTP/1.1\r\nHost: evil.example\r\nContent-Type: application/json\r\n` +
        `Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    ));
    await new Response(connection.readable).text();
    const [, reset] = await sink.received(2);
    assert.ok(linkIn(reset!).startsWith(`${program.url}/reset/`));
    assert.doesNotMatch(reset!.text + reset!.html, /evil/);
  }));

Deno.test("a mail server that is away or slow holds nobody up, is told once, and gets the letters later", async () => {
  const port = freePort(); // nobody is there
  await withMail(async (place) => {
    const { program, ann } = place;
    await wantEmail(ann, "ann@example.org");
    const began = performance.now();
    for (let time = 0; time < 3; time++) {
      assert.equal((await ask(place, `name ${time}`)).status, 204);
    }
    assert.ok(performance.now() - began < 2_000);
    await eventually(() => assert.match(program.stderr(), /the mail server takes no letters/));
    // Killed, and started again on the same data, while the letter waits.
    await program.kill();
    await program.restart();
    const late = await MailSink.start({}, port);
    try {
      const [letter] = await late.received(1);
      assert.deepEqual(letter!.to, ["ann@example.org"]);
      assert.equal((await send(linkIn(letter!), {})).status, 200);
    } finally {
      await late.stop();
    }
  }, { smtp: () => `smtp://127.0.0.1:${port}?tls=never` });
});

Deno.test("by STARTTLS and by TLS from the start, signed in, with no more rights than the settings call for", async () => {
  const folder = await Deno.makeTempDir();
  const files = await makeCertificate(folder, "mail");
  const tls = {
    cert: await Deno.readTextFile(files.cert),
    key: await Deno.readTextFile(files.key),
  };
  const signIn = { authOptional: false, onAuth: onlyChat };
  try {
    for (const secure of [false, true]) {
      const sink = await MailSink.start({ ...tls, ...signIn, secure, disabledCommands: [] });
      const url = `${secure ? "smtps" : "smtp"}://chat:geheim@localhost:${sink.port}`;
      await withMail(async ({ ann, program }) => {
        await wantEmail(ann, "ann@example.org");
        const [letter] = await sink.received(1);
        assert.deepEqual([letter!.to, letter!.user], [["ann@example.org"], "chat"]);
        assert.doesNotMatch(program.stderr(), /geheim|mail server/);
      }, { smtp: () => url, env: { DENO_CERT: files.cert } });
      await sink.stop();
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

const onlyChat: SMTPServerOptions["onAuth"] = ({ username, password }, _session, done) =>
  username === "chat" && password === "geheim"
    ? done(null, { user: username })
    : done(new Error("Wrong user or password"));

Deno.test("without a mail server the page says who helps, and nothing is asked for", async () => {
  await using program = await startProgram();
  const ann = await signUp(program.url, "ann");
  const page = await (await fetch(`${program.url}/forgot`)).text();
  assert.match(page, /Ask an owner or admin/);
  assert.doesNotMatch(page, /<form/);
  const api = new Api(program.url);
  const asked = await api.request<Problem>("POST", "/api/forgot", { name: "ann" });
  assert.equal(asked.body.code, "forbidden");
  const put = { address: "ann@example.org" };
  const refused = await ann.api.request<Problem>("PUT", "/api/me/email", put);
  assert.equal(refused.body.code, "forbidden");
  assert.equal((await ann.api.get<MyEmail>("/api/me/email")).sendsMail, false);
});
