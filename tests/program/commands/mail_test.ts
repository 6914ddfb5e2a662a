/** "mail": whether letters go out, told to the operator at once. */
import assert from "node:assert/strict";
import { buildProject } from "../../../build.ts";
import { MailSink } from "../../support/mail_sink.ts";
import { runCommand } from "../../support/operator.ts";

await buildProject();

Deno.test("a test letter goes out, or the mail server's answer is one sentence without the password", async () => {
  const sink = await MailSink.start();
  const env = {
    CONFAB_SMTP: `smtp://127.0.0.1:${sink.port}?tls=never`,
    CONFAB_MAIL_FROM: "Our chat <chat@example.org>",
    CONFAB_ORIGIN: "https://chat.example.org",
  };
  try {
    const { code, stdout, stderr } = await runCommand(env, "mail", "ann@example.org");
    assert.equal(code, 0, stderr);
    const took = `127.0.0.1:${sink.port} took a letter from chat@example.org to ann@example.org.\n`;
    assert.equal(stdout, took);
    assert.match(sink.letters[0]!.text, /^This is a test\. Letters from Our chat arrive\./);

    sink.refusal = { at: "MAIL", code: 550, text: "sender not known" };
    const refused = await runCommand(env, "mail", "ann@example.org");
    assert.deepEqual([refused.code, refused.stdout], [1, ""]);
    assert.match(refused.stderr, /^127\.0\.0\.1:\d+ did not take the letter: .*sender not known/);
  } finally {
    await sink.stop();
  }
  const plain = { ...env, CONFAB_SMTP: `smtp://chat:geheim@127.0.0.1:${sink.port}?tls=never` };
  const away = await runCommand(plain, "mail", "ann@example.org");
  assert.deepEqual([away.code, away.stdout], [1, ""]);
  assert.match(away.stderr, /^127\.0\.0\.1:\d+ did not take the letter: [^\n]+\n$/);
  assert.doesNotMatch(away.stderr, /geheim/);
  assert.match((await runCommand({}, "mail", "ann@example.org")).stderr, /^No mail server is set/);
  assert.match((await runCommand(env, "mail", "ann")).stderr, /^ADDRESS must be an e-mail address/);
});
