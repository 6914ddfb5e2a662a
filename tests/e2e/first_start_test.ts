/** The first start: whoever comes first is greeted, and becomes the owner; nobody else does. */
import assert from "node:assert/strict";
import { PASSWORD, signUp } from "../support/chat_client.ts";
import { type Program, startProgram } from "../support/program.ts";

const GREETING = { en: /<h1>Create the first account<\/h1>/, ru: /<h1>Создайте первую учётную/ };

interface Shown {
  status: number;
  html: string;
  /** Where redirects led. */
  path: string;
}

async function visit(program: Program, path: string, language = "en"): Promise<Shown> {
  const response = await fetch(program.url + path, {
    headers: { accept: "text/html", "accept-language": language },
  });
  const { pathname, search } = new URL(response.url);
  return { status: response.status, html: await response.text(), path: pathname + search };
}

async function submit(program: Program, fields: Record<string, string>) {
  const response = await fetch(`${program.url}/signup`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: program.url },
    body: new URLSearchParams(fields),
  });
  return { status: response.status, html: await response.text() };
}

/** The hidden fields of the page's form, as a browser would send them. */
function hiddenFields(html: string): Record<string, string> {
  const inputs = html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g);
  return Object.fromEntries([...inputs].map(([, name, value]) => [name, value]));
}

for (const signup of ["open", "closed"]) {
  Deno.test(`an empty server greets in both languages, also where signup is ${signup}`, async () => {
    await using program = await startProgram({ env: { CONFAB_SIGNUP: signup } });
    for (const path of ["/", "/login", "/signup", "/rooms/1/7"]) {
      for (const language of ["en", "ru"] as const) {
        const { status, html, path: shown } = await visit(program, path, language);
        assert.equal(status, 200, path);
        assert.match(html, GREETING[language], path);
        assert.match(html, language === "en" ? /becomes the owner of/ : /станет владельцем/);
        assert.match(html, /<form[^>]*action="\/signup"/, "it needs no script");
        assert.doesNotMatch(html, /href="\/login/, "nobody has an account to log in to");
        assert.ok(shown.startsWith("/signup"), shown);
      }
    }
    assert.equal((await visit(program, "/rooms/1/7")).path, "/signup?next=%2Frooms%2F1%2F7");

    const fields = hiddenFields((await visit(program, "/")).html);
    const made = await submit(program, { ...fields, username: "ann", password: PASSWORD });
    assert.equal(made.status, 303);
    for (const path of ["/", "/login", "/signup"]) {
      assert.doesNotMatch((await visit(program, path)).html, GREETING.en, path);
    }
    assert.equal((await visit(program, "/")).path, "/login");
  });
}

Deno.test("of two who are greeted at once one becomes the owner, and the other is asked again", async () => {
  await using program = await startProgram({ env: { CONFAB_AUTH_RATE: "0" } });
  const fields = hiddenFields((await visit(program, "/")).html);
  const names = ["ann", "ben", "cleo"];
  const answers = await Promise.all(names.map(async (username) => {
    return { username, ...await submit(program, { ...fields, username, password: PASSWORD }) };
  }));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 403, 403]);
  for (const { html, username } of answers.filter(({ status }) => status === 403)) {
    assert.match(html, /Somebody else made the first account a moment ago/);
    assert.doesNotMatch(html, GREETING.en);
    // The form that is shown now makes a member.
    const again = { ...hiddenFields(html), username, password: PASSWORD };
    assert.equal((await submit(program, again)).status, 303);
  }
  const { api } = await signUp(program.url, "reader");
  const { members } = await api.get<{ members: { username: string; role: string }[] }>(
    "/api/rooms/1/members",
  );
  const roles = members.filter(({ username }) => names.includes(username)).map(({ role }) => role);
  assert.deepEqual(roles.sort(), ["member", "member", "owner"]);
});
