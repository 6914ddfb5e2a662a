/** Names that are written from right to left do not turn what stands around them. */
import assert from "node:assert/strict";
import { signal } from "@preact/signals";
import { renderToString } from "preact-render-to-string";
import { type Catalogue, catalogue } from "../../lib/ui/catalogue/catalogue.ts";
import { ChatView } from "../../lib/ui/ChatView.tsx";
import { isolate } from "../../lib/ui/direction.ts";
import { fullName, roomTitle } from "../../lib/ui/names.ts";
import { ANN, BOB, fakeClient, messageOf, roomOf } from "./fake_client.ts";

const DANA = "דנה";
const BETWEEN = `\u2068${DANA}\u2069`;

Deno.test("a text is isolated where it could turn what is around it, and only there", () => {
  for (const one of [DANA, "a دانا", "\u200fx", "x\u202e", "𐤀", "ﷺ"]) {
    assert.equal(isolate(one), `\u2068${one}\u2069`);
  }
  for (const one of ["", "Ann", "Дана", "12:30", "李", "👍"]) assert.equal(isolate(one), one);
});

/** Every sentence of a language that is made of something, by its place in the catalogue. */
function sentences(words: object, place = ""): [string, (...given: unknown[]) => string][] {
  return Object.entries(words).flatMap(([key, value]) => {
    const at = `${place}/${key}`;
    if (typeof value === "function") return [[at, value]];
    const group = typeof value === "object" && value !== null && !Array.isArray(value);
    return group ? sentences(value, at) : [];
  });
}

Deno.test("every sentence of both languages isolates the names that it is given", () => {
  for (const language of ["en", "ru"] as const) {
    const words: Catalogue = catalogue(language);
    let isolated = 0;
    for (const [place, sentence] of sentences(words)) {
      const given = place.endsWith("/typing") ? [[DANA, "Ann"]] : [DANA, DANA];
      const said = sentence(...given);
      if (!said.includes(DANA)) continue;
      isolated++;
      assert.equal(said.replaceAll(BETWEEN, "").includes(DANA), false, `${language}${place}`);
    }
    assert(isolated > 15);
    assert.equal(words.room.beginning("general").includes("\u2068"), false);
    assert(words.composer.typing([DANA, "Ann"]).includes(`${BETWEEN} `));
  }
});

Deno.test("a title of several people isolates each, and a name from the username behind it", () => {
  const users = new Map([[1, ANN], [2, { ...BOB, displayName: DANA }]]);
  const direct = roomOf({ kind: "direct", name: null, users: [1, 2, 3] });
  assert.equal(roomTitle(direct, users, 3, catalogue("en")), `Ann Lee, ${BETWEEN}`);
  assert.equal(fullName({ ...BOB, displayName: `${DANA}@` }), `\u2068${DANA}@\u2069 (@bob)`);
});

Deno.test("each place of the page that shows a name isolates it", () => {
  const html = renderToString(
    <ChatView
      client={fakeClient([
        messageOf(1, "x", { reactions: { "👍": [2] } }),
        messageOf(2, "y", { replyTo: 101 }),
      ], {
        rooms: signal(
          new Map([
            [1, roomOf({ name: DANA, topic: DANA })],
            [2, roomOf({ id: 2, kind: "direct", name: null, users: [1, 2] })],
          ]),
        ),
        users: signal(new Map([[ANN.id, ANN], [BOB.id, { ...BOB, displayName: DANA }]])),
        typing: signal([BOB.id]),
      })}
      language="en"
      navigate={() => {}}
    />,
  );
  const bare = html.replace(new RegExp(BETWEEN, "g"), "").replace(
    new RegExp(`<(bdi|[a-z]+[^>]* dir="auto")[^>]*>[^<]*${DANA}`, "g"),
    "",
  );
  assert.doesNotMatch(bare, new RegExp(`.{80}${DANA}`));
  assert.match(html, new RegExp(`by \u2068?${BETWEEN}`));
  assert.match(html, new RegExp(`aria-label="Message ${BETWEEN}"`));
  assert.match(html, /<textarea[^>]*dir="auto"/);
});
