/** The pages of the settings as the server writes them. */
import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import type { Session } from "../../../lib/protocol/sessions.ts";
import { NotificationsPage } from "../../../lib/ui/settings/NotificationsPage.tsx";
import { ProfilePage } from "../../../lib/ui/settings/ProfilePage.tsx";
import { SecurityPage } from "../../../lib/ui/settings/SecurityPage.tsx";
import { settingsPath, type SettingsProps } from "../../../lib/ui/settings/sections.ts";
import { ANN } from "../fake_client.ts";

const NOW = Date.UTC(2026, 0, 31);

const PAGE: SettingsProps = {
  language: "en",
  me: { ...ANN, language: null, theme: "system", showLocalTime: true },
  sessionId: 7,
  instance: "test",
  room: null,
  notice: null,
};

const session = (id: number): Session => ({
  id,
  device: `device ${id}`,
  address: "192.0.2.1",
  createdAt: NOW,
  lastSeen: NOW - id * 60_000,
  way: "password",
  expiresAt: NOW + 1,
  current: id === 50,
});

Deno.test("an address of a section carries the room and what was done, and nothing that is not there", () => {
  assert.equal(settingsPath("profile", null), "/settings/profile");
  assert.equal(settingsPath("security", 5), "/settings/security?room=5");
  assert.equal(settingsPath("profile", 5, "saved"), "/settings/profile?room=5&notice=saved");
});

Deno.test("of very many devices this one and those seen last are shown, and the others counted", () => {
  const sessions = Array.from({ length: 130 }, (_, at) => session(at + 1));
  const html = renderToString(<SecurityPage {...PAGE} sessions={sessions} now={NOW} />);
  assert.equal(html.match(/<li class="device"/g)?.length, 100);
  assert.match(html, /and 30 other sessions/);
  const [first] = /device \d+/.exec(html)!;
  assert.equal(first, "device 50");
  assert.match(html, /last seen 1 minute ago/);
  assert.ok(!html.includes("device 130<"));
  const alone = renderToString(<SecurityPage {...PAGE} sessions={[session(50)]} now={NOW} />);
  assert.doesNotMatch(alone, /Sign out/);
});

Deno.test("a way in that a later version has noted is left out, and the rest is said", () => {
  // The cast: of a way that this version does not know.
  const later = { ...session(7), way: "hologram" as Session["way"] };
  for (
    const [language, said] of [["en", "Signed in just now<"], ["ru", "Вход только что<"]] as const
  ) {
    const page = { ...PAGE, language };
    const html = renderToString(<SecurityPage {...page} sessions={[later]} now={NOW} />);
    assert.ok(html.includes(said), language);
    assert.doesNotMatch(html, /undefined/, language);
  }
});

Deno.test("a password manager finds whose password it is, the old one and the new", () => {
  const html = renderToString(<SecurityPage {...PAGE} sessions={[]} now={NOW} />);
  for (const kind of ["username", "current-password", "new-password"]) {
    assert.match(html, new RegExp(`autocomplete="${kind}"`), kind);
  }
  assert.doesNotMatch(html, /<input[^>]*type="password"[^>]*value=/);
});

Deno.test("each form names its session and database, and is sent to its own page", () => {
  const html = renderToString(<ProfilePage {...PAGE} room={5} />);
  const forms = html.match(/<form.*?<\/form>/gs)!;
  assert.equal(forms.length, 3);
  for (const form of forms) {
    assert.match(form, /name="session" value="7"/);
    assert.match(form, /name="instance" value="test"/);
  }
  assert.match(forms[0]!, /action="\/settings\/profile\?room=5"/);
  assert.match(forms[1]!, /action="\/settings\/avatar\?room=5"/);
  assert.match(forms[2]!, /action="\/api\/logout"/);
});

Deno.test("names are text, whatever stands in them", () => {
  const me = { ...PAGE.me, displayName: '"><b>x</b>' };
  const html = renderToString(<ProfilePage {...PAGE} me={me} />);
  assert.doesNotMatch(html, /<b>/);
});

Deno.test("who is in no room finds a page without a list", () => {
  const html = renderToString(<NotificationsPage {...PAGE} rooms={[]} users={[]} hidden />);
  assert.doesNotMatch(html, /<select/);
  assert.match(html, /Conversations that are not in your list/);
});
