import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import Chat from "../../../islands/Chat.tsx";
import StillChat from "../../../islands/StillChat.tsx";
import { renderStill } from "../../../lib/fresh/still_render.ts";
import { PagePieces } from "../../../lib/fresh/pieces.ts";
import type { Bootstrap } from "../../../lib/client/model.ts";
import { loadWords } from "../../../lib/ui/catalogue/catalogue.ts";
import { Kept, KeptContext } from "../../../lib/ui/kept/kept.ts";
import { KeptHtml } from "../../../lib/ui/kept/kept_html.ts";
import { createRandom } from "../../support/random.ts";
import { randomPage, randomWorld } from "../../support/random_pages.ts";

function anew(bootstrap: Bootstrap): string {
  return renderToString(<Chat bootstrap={bootstrap} />);
}

/** As the server writes it, with what was rendered for others before. */
function kept(bootstrap: Bootstrap, html: KeptHtml): string {
  const pieces = new PagePieces();
  const page = renderStill(
    <KeptContext.Provider value={new Kept(html, pieces, renderStill)}>
      <StillChat bootstrap={bootstrap} />
    </KeptContext.Provider>,
  );
  return new TextDecoder().decode(pieces.join(page));
}

Deno.test("what two readers see alike is rendered once", async () => {
  await loadWords("en");
  const page = randomPage(createRandom(1), randomWorld(createRandom(1)));
  const alike = { ...page, language: "en" as const, me: { ...page.me, id: 100, language: null } };
  const html = new KeptHtml(2_000_000);
  kept(alike, html);
  const { bytes } = html;
  assert.ok(bytes > 20_000);
  kept({ ...alike, me: { ...alike.me, id: 200, theme: "dark" } }, html);
  assert.equal(html.bytes, bytes);
});

Deno.test("whoever opens a page gets the one that would be rendered for them alone", async () => {
  await Promise.all([loadWords("en"), loadWords("ru")]);
  const random = createRandom(61);
  const html = new KeptHtml(2_000_000);
  for (let round = 0; round < 12; round++) {
    const world = randomWorld(random);
    for (let reader = 0; reader < 6; reader++) {
      const page = randomPage(random, world);
      assert.equal(kept(page, html), anew(page), `round ${round}, reader ${reader}`);
    }
  }
});
