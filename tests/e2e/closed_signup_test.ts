/** Where signup is closed: the pages offer an account to the first person, and to nobody after. */
import assert from "node:assert/strict";
import { signUp } from "../support/chat_client.ts";
import { startProgram } from "../support/program.ts";

Deno.test("where signup is closed the pages offer an account only while there is none", async () => {
  await using program = await startProgram({ env: { CONFAB_SIGNUP: "closed" } });
  const page = async (path: string, init?: RequestInit) => {
    const response = await fetch(program.url + path, init);
    return { status: response.status, html: await response.text() };
  };
  const post = (fields: Record<string, string>) => ({
    method: "POST",
    body: new URLSearchParams(fields),
  });
  const ben = { username: "ben", password: "seven quiet gulls" };

  assert.match((await page("/login")).html, /<form[^>]*action="\/signup"/);
  assert.match((await page("/signup")).html, /<form/);
  await signUp(program.url, "the-owner");

  assert.doesNotMatch((await page("/login")).html, /\/signup/);
  const wrong = await page("/login", post(ben));
  assert.equal(wrong.status, 401);
  assert.doesNotMatch(wrong.html, /\/signup/);
  const closed = await page("/signup");
  assert.match(closed.html, /Sign-up is closed here/);
  assert.doesNotMatch(closed.html, /<form/);
  const refused = await page("/signup", post(ben));
  assert.equal(refused.status, 403);
  assert.match(refused.html, /Sign-up is closed here/);
  assert.doesNotMatch(refused.html, /<form/);
});
