/** Speaking with a mail server: signing in, TLS, refusals, and servers that are slow or away. */
import assert from "node:assert/strict";
import { type Letter, MailFault } from "../../lib/mail/letter.ts";
import { openSmtp } from "../../lib/mail/smtp.ts";
import { parseSmtpUrl } from "../../lib/mail/smtp_address.ts";
import { MailSink } from "../support/mail_sink.ts";

const LETTER: Letter = {
  to: "ann@example.org",
  subject: "Тема",
  text: "Строка\n.\nещё\n",
  html: "<p>Строка</p>",
};

function mailer(url: string, timeouts = { connect: 2_000, silence: 2_000, letter: 4_000 }) {
  return openSmtp({
    server: parseSmtpUrl(url)!,
    from: () => ({ name: "Наш чат", address: "chat@example.org" }),
    ownName: "chat.example.org",
    timeouts,
  });
}

async function fault(promise: Promise<void>): Promise<MailFault> {
  const thrown = await promise.then(() => null, (error: unknown) => error);
  assert.ok(thrown instanceof MailFault, String(thrown));
  return thrown;
}

/** Timers of the test's own server and of the library go on for a moment. */
const loose = { sanitizeOps: false, sanitizeResources: false };

Deno.test(
  "a letter arrives as it was written, from whom the settings say, signed in",
  loose,
  async () => {
    const sink = await MailSink.start({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) =>
        username === "chat" && password === "p@ss"
          ? done(null, { user: "chat" })
          : done(Object.assign(new Error("Wrong user or password"), { responseCode: 535 })),
    });
    try {
      await mailer(`smtp://chat:p%40ss@127.0.0.1:${sink.port}?tls=never`).send(LETTER);
      const [letter] = sink.letters;
      assert.deepEqual([letter!.from, letter!.to], ["chat@example.org", ["ann@example.org"]]);
      assert.equal(letter!.user, "chat");
      assert.match(letter!.head, /^From: "?Наш чат"? <chat@example\.org>$/m);
      assert.match(letter!.head, /^Subject: Тема$/m);
      assert.equal(letter!.text.trim(), LETTER.text.trim());
      const wrong = await fault(
        mailer(`smtp://chat:x@127.0.0.1:${sink.port}?tls=never`).send(LETTER),
      );
      assert.equal(wrong.blames, "server");
      assert.match(wrong.message, /535/);
    } finally {
      await sink.stop();
    }
  },
);

Deno.test(
  "a server without TLS gets no letter and no password, unless the settings allow it",
  loose,
  async () => {
    const sink = await MailSink.start();
    try {
      const refused = await fault(mailer(`smtp://a:b@127.0.0.1:${sink.port}`).send(LETTER));
      assert.equal(refused.blames, "server");
      assert.equal(sink.letters.length, 0);
    } finally {
      await sink.stop();
    }
  },
);

Deno.test("a server whose certificate nobody vouches for gets nothing", loose, async () => {
  const sink = await MailSink.start({ disabledCommands: [] }); // it brings a certificate of its own
  try {
    for (const host of ["localhost", "127.0.0.1"]) {
      const refused = await fault(mailer(`smtp://a:b@${host}:${sink.port}`).send(LETTER));
      assert.deepEqual([refused.blames, sink.letters.length], ["server", 0]);
      assert.match(refused.message, /certificate/i, host);
    }
  } finally {
    await sink.stop();
  }
});

Deno.test(
  "an address that takes nothing is told apart from a server that takes nothing",
  loose,
  async () => {
    const sink = await MailSink.start();
    const send = () => fault(mailer(`smtp://127.0.0.1:${sink.port}?tls=never`).send(LETTER));
    try {
      const cases: ["MAIL" | "RCPT" | "DATA", number, "server" | "recipient"][] = [
        ["RCPT", 550, "recipient"],
        ["RCPT", 450, "server"],
        ["MAIL", 550, "server"],
        ["DATA", 554, "server"],
      ];
      for (const [at, code, blames] of cases) {
        sink.refusal = { at, code, text: "not for ann@example.org here" };
        const found = await send();
        assert.equal(found.blames, blames, `${at} ${code}`);
        assert.doesNotMatch(found.message, /ann@/, "the log names nobody");
        assert.match(found.message, /not for … here/);
      }
    } finally {
      await sink.stop();
    }
  },
);

Deno.test(
  "a server that is away, says nothing, or never ends is left after its time",
  loose,
  async () => {
    const short = { connect: 300, silence: 300, letter: 600 };
    const away = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = away.addr;
    away.close();
    assert.equal(
      (await fault(mailer(`smtp://127.0.0.1:${port}?tls=never`).send(LETTER))).blames,
      "server",
    );

    using silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const url = `smtp://127.0.0.1:${silent.addr.port}?tls=never`;
    const began = performance.now();
    assert.equal((await fault(mailer(url, short).send(LETTER))).blames, "server");
    assert.ok(performance.now() - began < 5_000);

    const sink = await MailSink.start();
    const held = Promise.withResolvers<void>();
    sink.held = held.promise;
    const stuck = await fault(
      mailer(`smtp://127.0.0.1:${sink.port}?tls=never`, { ...short, silence: 60_000 }).send(LETTER),
    );
    assert.equal(stuck.blames, "server");
    held.resolve();
    await sink.stop();
  },
);

Deno.test(
  "at the end of the program no letter waits for a server, however far it got",
  loose,
  async () => {
    using silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = silent.addr;
    const patient = { connect: 60_000, silence: 60_000, letter: 60_000 };
    const post = mailer(`smtp://127.0.0.1:${port}?tls=never`, patient);
    const connecting = post.send(LETTER);
    post.close();
    assert.match((await fault(connecting)).message, /program stops/);
    assert.match((await fault(post.send(LETTER))).message, /program stops/);

    const other = mailer(`smtp://127.0.0.1:${port}?tls=never`, patient);
    const greeted = other.send(LETTER);
    await (await silent.accept()).readable.cancel(); // it is connected
    other.close();
    assert.equal((await fault(greeted)).blames, "server");
  },
);
