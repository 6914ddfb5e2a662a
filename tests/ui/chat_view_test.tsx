import assert from "node:assert/strict";
import { signal } from "@preact/signals";
import { renderToString } from "preact-render-to-string";
import type { ChatState } from "../../lib/client/model.ts";
import type { Language } from "../../lib/protocol/accounts.ts";
import type { Message } from "../../lib/protocol/messages.ts";
import type { UserRole } from "../../lib/protocol/people.ts";
import { catalogue } from "../../lib/ui/catalogue/catalogue.ts";
import { ChatView } from "../../lib/ui/ChatView.tsx";
import { FailedNote } from "../../lib/ui/conversation/FailedNote.tsx";
import { type View, ViewContext } from "../../lib/ui/view.ts";
import { ANN, BOB, fakeClient, messageOf, MORNING, roomOf } from "./fake_client.ts";
import { atOwnSpeed } from "../support/own_speed.ts";

const PARTY = { name: "party", url: "/emoji/party?v=1", userId: 1, createdAt: 0 };

function render(
  messages: Message[],
  over: Partial<ChatState> = {},
  language: Language = "en",
): string {
  return renderToString(
    <ChatView client={fakeClient(messages, over)} language={language} navigate={() => {}} />,
  );
}

Deno.test("markup in a message is shown as text", () => {
  const html = render([messageOf(1, `<script>alert(1)</script><img src=x onerror="alert(1)">`)]);
  assert.doesNotMatch(html, /<script|<img/);
  assert.match(html, /&lt;script>alert\(1\)&lt;\/script>&lt;img src=x onerror=/);
});

Deno.test("markup in names, topics and files is shown as text", () => {
  const evil = `"><script>alert(1)</script>`;
  const file = {
    id: 1,
    name: evil,
    type: "x",
    size: 1,
    width: null,
    height: null,
    duration: null,
    alt: "",
    blur: null,
  };
  const html = render([messageOf(1, "x", { files: [{ ...file, url: "/f", thumbnail: null }] })], {
    rooms: signal(new Map([[1, roomOf({ name: evil, topic: evil })]])),
    users: signal(new Map([[BOB.id, { ...BOB, displayName: evil }]])),
  });
  assert.doesNotMatch(html, /<script/);
});

Deno.test("nothing in the page is styled or scripted inline", () => {
  const html = render(sample(), { typing: signal([BOB.id]) });
  assert.doesNotMatch(html, /\sstyle=|\son[a-z]+=/);
});

Deno.test("links lead away without telling from where; other schemes are text", () => {
  const html = render([messageOf(1, "https://example.org/x javascript:alert(1)")]);
  const [link] = /<a[^>]*href="https:\/\/example.org\/x"[^>]*>/.exec(html)!;
  assert.match(link, /rel="noopener noreferrer nofollow"/);
  assert.match(link, /target="_blank"/);
  assert.doesNotMatch(html, /href="javascript/);
});

Deno.test("a mention of oneself stands out from that of another", () => {
  const html = render([messageOf(1, "@ann and @bob", { mentions: [1, 2] })]);
  assert.match(html, /<bdi class="mention own" title="Ann Lee" translate="no">@ann<\/bdi>/);
  assert.match(html, /<bdi class="mention" title="[^"]+" translate="no">@bob<\/bdi>/);
  assert.match(html, /class="message run for-me"/);
});

Deno.test("a byline, a quote, a reaction and a typing line tell namesakes apart", () => {
  const messages = [
    messageOf(1, "first", { reactions: { "👍": [BOB.id] } }),
    messageOf(2, "second", { replyTo: 1 }),
  ];
  const namesake = { ...BOB, namesake: true as const };
  const html = render(messages, {
    users: signal(new Map([[ANN.id, ANN], [BOB.id, namesake]])),
    typing: signal([BOB.id]),
  });
  const handle = `<bdi class="author" translate="no">Bob Moss</bdi>` +
    `<bdi class="handle" translate="no">@bob</bdi>`;
  assert.equal(html.split(handle).length - 1, 2, "byline and quote");
  assert.match(html, /Bob Moss \(@bob\) is typing/);
  assert.match(html, /by Bob Moss \(@bob\)/);
  assert.match(html, />BM</);
  assert.doesNotMatch(render(messages), /class="handle"[^>]*>@bob/);
});

Deno.test("a deleted message keeps its place, an edited one is marked", () => {
  const html = render([
    messageOf(1, "", { deletedAt: MORNING }),
    messageOf(2, "better", { editedAt: MORNING }),
  ]);
  assert.match(html, /This message was deleted/);
  assert.match(html, /better.*\(edited\)/s);
});

Deno.test("what is left of a deleted message is one line, and the author's next begins anew", () => {
  const html = render([
    messageOf(1, "one"),
    messageOf(2, "", { deletedAt: MORNING }),
    messageOf(3, "three"),
  ]);
  assert.match(html, /class="message gone".*Bob Moss<\/bdi> · <span>This message was deleted/s);
  assert.equal(html.match(/class="byline"/g)?.length, 2);
  const alone = render([messageOf(1, "", { deletedAt: MORNING })]);
  assert.doesNotMatch(alone, /class="byline"|tint-2/);
});

Deno.test("up to three emoji alone are large; with words they are not", () => {
  const large = (text: string) => /class="text large"/.test(render([messageOf(1, text)]));
  assert.deepEqual(["👍", "❤ 🎉\n🇫🇷", "👍👍👍👍", "ok 👍", "5"].map(large), [
    true,
    true,
    false,
    false,
    false,
  ]);
});

Deno.test("a long message and long code are folded, and can be opened", () => {
  const lines = Array(40).fill("let a = 1;").join("\n");
  for (const text of ["word ".repeat(600), lines, `\`\`\`\n${lines}\n\`\`\``, "长".repeat(1500)]) {
    assert.match(
      render([messageOf(1, text)]),
      /class="text folded".*aria-expanded="false"[^>]*>Show all/s,
    );
    assert.match(render([messageOf(1, text)], {}, "ru"), /Показать целиком/);
  }
  for (const text of ["word ".repeat(200), Array(10).fill("x").join("\n"), ""]) {
    assert.doesNotMatch(render([messageOf(1, text)]), /folded/);
  }
});

Deno.test("no message of 8,000 characters takes long to render", () => {
  const parts = [
    "@",
    "@ann ",
    "`",
    "`a` ",
    "``a` ",
    "(",
    "http://a ",
    "a\u0301",
    "\n",
    "\u202e",
    "👍 ",
  ];
  for (const part of [...parts, "```\n", "看@ann", "https://а.com。", "**"]) {
    const text = part.repeat(8_000).slice(0, 8_000);
    const message = messageOf(1, text, { mentions: [1] });
    const times = [1, 2, 3, 4, 5].map(() => {
      const start = performance.now();
      render([message]);
      return performance.now() - start;
    });
    assert(Math.min(...times) < atOwnSpeed(40), `${part} took ${times}`);
  }
});

Deno.test("texts and names stand in their own direction, and code in that of code", () => {
  const rtl = "שלום";
  const html = render([messageOf(1, `${rtl} \`a\` https://x.y/ \n@bob`, { mentions: [2] })], {
    users: signal(new Map([[ANN.id, ANN], [BOB.id, { ...BOB, displayName: rtl }]])),
  });
  assert.match(html, /<div\s+class="text" dir="auto"/);
  assert.match(html, new RegExp(`<bdi class="author" translate="no">${rtl}</bdi>`));
  assert.match(html, /<bdi class="mention" title="[^"]+" translate="no">@bob<\/bdi>/);
  assert.match(html, /<code dir="ltr" translate="no">a<\/code>/);
  assert.match(html, /<a [^>]*dir="ltr"[^>]*>https:/);
});

Deno.test("a reply shows what it answers and leads there", () => {
  const html = render([
    messageOf(1, "the question :party:"),
    messageOf(2, "the answer", { replyTo: 101, userId: ANN.id }),
  ], { emoji: signal(new Map([["party", PARTY]])) });
  assert.match(html, /href="\/rooms\/1\/1"[^>]*>.*Reply to.*Bob Moss.*the question <img/s);
});

Deno.test("a reaction is a switch that names who pressed it", () => {
  const html = render([messageOf(1, "x", { reactions: { "👍": [1, 2] } })]);
  assert.match(html, /aria-pressed="true"[^>]*title="you and Bob Moss".*by you and Bob Moss/s);
});

Deno.test("rooms are links with what is unread, in sections", () => {
  const quiet = roomOf({ id: 3, name: "quiet" });
  const html = render([], {
    openRoom: signal(3),
    timeline: signal(null),
    rooms: signal(
      new Map([
        [1, roomOf({ membership: { ...roomOf().membership, unread: 120, mentions: 2 } })],
        [3, quiet],
        [4, roomOf({ id: 4, kind: "direct", name: null, users: [1, 2] })],
      ]),
    ),
  });
  assert.match(
    html,
    /<a[^>]*href="\/rooms\/1"[^>]*class="room-link fresh"|class="room-link fresh"[^>]*href="\/rooms\/1"/,
  );
  assert.match(html, /2 that mention you/);
  assert.match(html, /<a[^>]*aria-current="page"[^>]*>/);
  assert.match(html, /Direct messages.*Bob Moss/s);
});

Deno.test("an archived room can be read and not written to", () => {
  const archived = signal(new Map([[1, roomOf({ archived: true })]]));
  const html = render([messageOf(1, "old")], { rooms: archived });
  assert.match(html, /This room is archived/);
  assert.doesNotMatch(html, /<textarea/);
  assert.match(render([messageOf(1, "new")]), /<textarea/);
});

Deno.test("a room that one is not in shows nothing", () => {
  const html = render([messageOf(1, "secret")], { rooms: signal(new Map()) });
  assert.match(html, /Pick up a conversation/);
  assert.doesNotMatch(html, /secret/);
});

Deno.test("a message that failed says why, in the reader's language", () => {
  const failed = {
    clientId: "0123456789abcdef",
    room: 1,
    text: "lost?",
    replyTo: null,
    attachments: [],
    createdAt: MORNING,
    state: "failed" as const,
    error: "forbidden" as const,
  };
  assert.match(
    render([], { pending: signal([failed]) }, "ru"),
    /class="message run failed".*lost\?/s,
  );
  // The note comes at rest; the cast: it needs no more of a view.
  const view = { ...fakeClient([]), language: "ru", words: catalogue("ru") } as unknown as View;
  const note = renderToString(
    <ViewContext.Provider value={view}>
      <FailedNote pending={failed} />
    </ViewContext.Provider>,
  );
  assert.match(note, /Не отправлено\..*У вас нет на это прав/s);
  assert.match(note, /Отправить снова/);
});

Deno.test("the whole page speaks the user's own language, whatever the browser asks", () => {
  const me = signal({
    ...ANN,
    language: "ru" as const,
    theme: "system" as const,
    showLocalTime: true,
  });
  const html = render(sample(), { me }, "en");
  assert.match(html, /Личные сообщения/);
  assert.doesNotMatch(html, /Direct messages|Members|Send|Reply/);
});

Deno.test("the page has its landmarks and a way past the list", () => {
  const html = render(sample());
  for (const tag of ["<nav", "<main", "<header", "<h1", 'class="skip" href="#composer"']) {
    assert.ok(html.includes(tag), tag);
  }
  assert.equal(html.match(/<h1/g)?.length, 1);
  assert.match(html, /id="composer"/);
});

function sample(): Message[] {
  return [
    messageOf(1, "one"),
    messageOf(2, "two", { replyTo: 101, reactions: { "🎉": [2] } }),
    messageOf(3, "three", { userId: ANN.id, username: "ann" }),
  ];
}

Deno.test("who may begin rooms and conversations has the buttons for it, a guest has none", () => {
  const buttons = ["New…", "Browse public rooms", "New direct message"];
  const offered = (role: UserRole) => {
    const me = signal({
      ...ANN,
      role,
      language: null,
      theme: "system" as const,
      showLocalTime: true,
    });
    const html = render([], { me, openRoom: signal(null) });
    return buttons.filter((label) => html.includes(label));
  };
  assert.deepEqual(offered("member"), buttons);
  assert.deepEqual(offered("guest"), []);
});
