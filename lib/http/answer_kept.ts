/** Answers with pages that are kept as bytes (`kept_pages.ts`). It knows no page. */
import { brandOf } from "./brand.ts";
import type { Ctx } from "./state.ts";

/**
 * The page of this route for whoever is not signed in.
 * @param data all that its component is given besides the language
 */
export async function keptPage(
  { route, state: { language, services } }: Ctx,
  data: unknown,
  render: () => Promise<Response>,
): Promise<Response> {
  const key = JSON.stringify([route, language, brandOf(services.workspace), data]);
  let page = services.keptPages.find(key);
  if (page === null) {
    const answer = await render();
    // Compressed for this client: it is no page for others.
    if (answer.headers.has("content-encoding")) return answer;
    page = await answer.bytes();
    services.keptPages.keep(key, page);
  }
  return new Response(page, { headers: { "content-type": "text/html; charset=utf-8" } });
}
