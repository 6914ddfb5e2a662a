import assert from "node:assert/strict";
import { STANDARD_HERE } from "../../lib/protocol/workspace_standard.ts";
import { renderToString } from "preact-render-to-string";
import { ChatPage } from "../../lib/ui/pages/ChatPage.tsx";
import { dataBlock } from "../../lib/http/data_block.ts";
import { Document } from "../../lib/ui/pages/Document.tsx";
import { ErrorPage } from "../../lib/ui/pages/ErrorPage.tsx";
import { LoginPage, type LoginPageProps } from "../../lib/ui/pages/LoginPage.tsx";
import { SignupPage } from "../../lib/ui/pages/SignupPage.tsx";
import type { Bootstrap } from "../../lib/client/model.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";
import { ANN } from "./fake_client.ts";

function login(props: Partial<LoginPageProps> = {}): string {
  return renderToString(
    <Document language="en" theme="dark" title="Log in" stylesheets={["/assets/auth.css"]}>
      <LoginPage language="en" {...props} />
    </Document>,
  );
}

Deno.test("the login page is a plain form without any script or inline style", () => {
  const html = login({ next: "/rooms/3" });
  assert.doesNotMatch(html, /<script|\son\w+=|\sstyle=/);
  assert.match(html, /<form[^>]*method="post"[^>]*action="\/login"/);
  assert.match(html, /<input[^>]*name="next"[^>]*value="\/rooms\/3"/);
  assert.match(html, /autocomplete="current-password"/);
  assert.match(html, /href="\/signup\?next=%2Frooms%2F3"/);
});

Deno.test("a page says in a sentence what it is, and hides from no search engine", () => {
  assert.match(login(), /<meta name="description" content="[^"]{20,}"/);
  assert.doesNotMatch(login(), /noindex/);
});

Deno.test("whose account is disabled is told so at the login, and what to do; where providers are the only way, that", () => {
  assert.match(login({ error: "forbidden" }), /role="alert"[^>]*>Your account was disabled\. Ask/);
  const signOn = { providers: [], only: true, problem: null, provider: null };
  assert.match(login({ error: "forbidden", signOn }), /role="alert"[^>]*>Only the owner/);
});

Deno.test("where signup is closed the login page offers none, and the signup page says so", () => {
  assert.doesNotMatch(login({ signup: false }), /\/signup|Create account/);
  const alike = renderToString(
    <SignupPage
      language="en"
      error="conflict"
      errors={[{ path: "username", reason: "looks_like" }]}
    />,
  );
  assert.match(alike, /id="username-error"[^>]*>That looks too much like somebody else’s/);
  const closed = renderToString(<SignupPage language="en" next="/rooms/3" open={false} />);
  assert.match(closed, /role="alert"[^>]*>Sign-up is closed here/);
  assert.doesNotMatch(closed, /<form|<input/);
  assert.match(closed, /href="\/login\?next=%2Frooms%2F3"/);
});

Deno.test("the document names its language, theme and one title", () => {
  const html = login();
  assert.match(html, /^<html[^>]*lang="en"[^>]*data-theme="dark"/);
  assert.equal(html.match(/<title>/g)?.length, 1);
  assert.match(html, /<title>Log in — Confab<\/title>/);
  assert.match(html, /viewport-fit=cover, interactive-widget=resizes-content/);
});

Deno.test("after a failed login the name is kept, the password is not", () => {
  const html = login({ username: 'ann"><b>', error: "unauthenticated" });
  assert.match(html, /Wrong username or password/);
  assert.match(html, /value="ann&quot;>&lt;b>"/);
  assert.doesNotMatch(html, /<b>/);
  assert.doesNotMatch(html, /<input[^>]*type="password"[^>]*value=/);
});

Deno.test("a refused signup marks each field with its own sentence", () => {
  const html = renderToString(
    <SignupPage
      language="ru"
      values={{ username: "ab", displayName: "Аня" }}
      error="invalid"
      errors={[{ path: "username", reason: "too_short" }, { path: "password", reason: "common" }]}
    />,
  );
  assert.match(
    html,
    /<input[^>]*id="username"[^>]*aria-invalid="true"[^>]*aria-describedby="username-error"/,
  );
  assert.match(html, /id="username-error"[^>]*>Нужно не меньше 3 символов/);
  assert.match(html, /id="password-error"[^>]*>Это один из самых частых паролей/);
  assert.doesNotMatch(html, /id="displayName-error"/);
  assert.match(html, /value="Аня"/);
  assert.doesNotMatch(html, /<script/);
});

Deno.test("a taken name is said at the name, a closed door above the form", () => {
  const taken = renderToString(
    <SignupPage
      language="en"
      error="conflict"
      errors={[{ path: "username", reason: "taken" }]}
    />,
  );
  assert.match(taken, /id="username-error"[^>]*>That username is taken/);
  const closed = renderToString(<SignupPage language="en" error="forbidden" />);
  assert.match(closed, /Sign-up is closed/);
  assert.doesNotMatch(closed, /id="\w+-error"/);
});

Deno.test("an error page speaks the reader's language, by code", () => {
  assert.match(renderToString(<ErrorPage language="en" code="not_found" />), /Nothing here/);
  assert.match(renderToString(<ErrorPage language="ru" code="internal" />), /На сервере/);
});

Deno.test("no text can close the data block, and it reads back as it was", () => {
  const value = { text: "</script><script>alert(1)</script><!--", more: "a\u2028b" };
  const block = dataBlock(value);
  assert.doesNotMatch(block, /</);
  assert.deepEqual(JSON.parse(block), value);
});

Deno.test("the chat page has a way out without JavaScript, and one inert data block", () => {
  const bootstrap: Bootstrap = {
    epoch: "epoch-1",
    me: { ...ANN, displayName: "</script>", language: null, theme: "system", showLocalTime: true },
    sessionId: 7,
    instance: "test",
    rooms: [],
    users: [],
    saved: [],
    room: null,
    page: null,
    highlightSeq: null,
    hidden: { rooms: 0, unread: false },
    home: false,
    workspace: STANDARD_HERE,
    limits: LIMITS,
    language: "en",
  };
  const html = renderToString(
    <ChatPage bootstrap={bootstrap} data={dataBlock(bootstrap)}>island</ChatPage>,
  );
  assert.match(html, /<noscript>.*<form[^>]*action="\/api\/logout".*<\/noscript>/s);
  assert.equal(html.match(/<script/g)?.length, 1);
  assert.equal(html.match(/<\/script/g)?.length, 1);
  const [, block] = /<script[^>]*type="application\/json"[^>]*>(.*)<\/script>/s.exec(html)!;
  assert.deepEqual(JSON.parse(block!), bootstrap);
});
