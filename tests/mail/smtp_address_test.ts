/** Where the mail server is and who writes, as settings say it. */
import assert from "node:assert/strict";
import {
  parseSender,
  parseSmtpUrl,
  smtpPermission,
  usualSender,
} from "../../lib/mail/smtp_address.ts";
import { ConfigError, readConfig } from "../../lib/program/config/config.ts";

Deno.test("a mail server's address has the usual ports, and TLS unless that is ruled out", () => {
  const ann = { user: "ann@example.org", password: "p@ss word" };
  const cases: [text: string, server: unknown][] = [
    ["smtp://mail.example.org", ["mail.example.org", 587, "starttls", null]],
    ["smtps://mail.example.org", ["mail.example.org", 465, "from the start", null]],
    ["smtp://localhost:1025?tls=never", ["localhost", 1025, "never", null]],
    ["smtp://ann%40example.org:p%40ss%20word@m.org:25", ["m.org", 25, "starttls", ann]],
    ["smtp://ann@example.org:p%40ss%20word@m.org:25", ["m.org", 25, "starttls", ann]],
    ["smtp://[::1]:25?tls=never", ["::1", 25, "never", null]],
  ];
  for (const [text, expected] of cases) {
    const { host, port, tls, credentials } = parseSmtpUrl(text)!;
    assert.deepEqual([host, port, tls, credentials], expected, text);
  }
  assert.equal(smtpPermission(parseSmtpUrl("smtp://[::1]:25?tls=never")!), "[::1]:25");
});

Deno.test("what is no such address is refused", () => {
  for (
    const text of [
      "mail.example.org",
      "http://mail.example.org",
      "smtp://",
      "smtp://host/path",
      "smtp://host?tls=no",
      "smtps://host?tls=never",
      "smtp://user@host",
      "smtp://:password@host",
      "smtp://a:%ZZ@host",
      "smtp://host:0",
      "smtp://host:99999",
      "smtp://ho st",
    ]
  ) assert.equal(parseSmtpUrl(text), undefined, text);
});

Deno.test("letters are from an address with or without a name, else from who signs in there", () => {
  assert.deepEqual(parseSender("chat@example.org"), { name: null, address: "chat@example.org" });
  const named = { name: "Наш чат", address: "chat@example.org" };
  assert.deepEqual(parseSender("Наш чат <chat@example.org>"), named);
  for (const text of ["chat", "A <a@b.org>, c@d.org", "A\r\nBcc: x <a@b.org>", '"A" <a@b.org>']) {
    assert.equal(parseSender(text), undefined, text);
  }
  const origin = "https://chat.example.org";
  const server = parseSmtpUrl("smtp://ann@example.org:p@m.org")!;
  assert.equal(usualSender(server, origin), "ann@example.org");
  assert.equal(usualSender(parseSmtpUrl("smtp://m.org"), origin), "noreply@chat.example.org");
  assert.equal(usualSender(parseSmtpUrl("smtp://m.org"), "http://localhost:8000"), "");
});

Deno.test("mail without the site's address is refused at the start, and no password is shown", () => {
  const smtp = "smtp://ann:geheim@mail.example.org";
  const complaint = (env: Record<string, string>) => {
    try {
      readConfig(env);
    } catch (error) {
      if (error instanceof ConfigError) return error.message;
      throw error;
    }
    return null;
  };
  assert.match(complaint({ CONFAB_SMTP: smtp })!, /^CONFAB_SMTP needs CONFAB_ORIGIN: /);
  const local = { CONFAB_SMTP: smtp, CONFAB_ORIGIN: "http://localhost:8000" };
  assert.match(complaint(local)!, /^CONFAB_SMTP needs CONFAB_MAIL_FROM: /);
  assert.equal(complaint({ ...local, CONFAB_ORIGIN: "https://chat.example.org" }), null);
  assert.equal(complaint({ ...local, CONFAB_MAIL_FROM: "chat@example.org" }), null);
  const wrong = complaint({ CONFAB_SMTP: `${smtp}?x=geheim` })!;
  assert.match(wrong, /^CONFAB_SMTP must be "smtp:\/\/USER/);
  assert.doesNotMatch(wrong, /geheim/);
});
