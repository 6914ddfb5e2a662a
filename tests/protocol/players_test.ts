/** How videos of other sites are played: nowhere but at the origins that the page allows. */
import assert from "node:assert/strict";
import { type Link, VIDEO_SITES } from "../../lib/protocol/links.ts";
import { PLAYER_ORIGINS, playerOf } from "../../lib/protocol/players.ts";

const IDS: Record<NonNullable<Link["video"]>["kind"], string> = {
  youtube: "dQw4w9WgXcQ?90",
  vimeo: "76979871/abcdef0123",
  rutube: "0123456789abcdef0123456789abcdef/Ab_c-d12",
  vk: "-1_2",
  dailymotion: "x8abcd1",
};

Deno.test("every site's player has an origin that the chat's page allows", () => {
  for (const kind of VIDEO_SITES) {
    const { origin } = new URL(playerOf({ kind, id: IDS[kind] }));
    assert.ok(PLAYER_ORIGINS.some((each) => each === origin), origin);
  }
});

Deno.test("where a video begins and the key of one that is not public reach the player", () => {
  const at = (kind: keyof typeof IDS) => playerOf({ kind, id: IDS[kind] });
  assert.match(at("youtube"), /\/embed\/dQw4w9WgXcQ\?autoplay=1&start=90$/);
  assert.match(at("vimeo"), /\/video\/76979871\?.*&h=abcdef0123$/);
  assert.match(at("rutube"), /\/embed\/0123456789abcdef0123456789abcdef\/\?p=Ab_c-d12$/);
  assert.match(at("vk"), /oid=-1&id=2&/);
});
