/** `/metrics`: the program's numbers, for Prometheus; for others it does not exist. */
import { HttpError } from "../lib/fresh/mod.ts";
import { mayScrape } from "../lib/http/scrape.ts";
import { define } from "../lib/http/state.ts";

export const handler = define.handlers({
  async GET({ req, info, state }) {
    const { door, page } = state.services.metrics;
    const { remoteAddr } = info;
    const peer = "hostname" in remoteAddr ? remoteAddr.hostname : null;
    if (!mayScrape(door, { peer, headers: req.headers })) {
      throw new HttpError(404, "There is no such page.");
    }
    const { type, text } = await page();
    return new Response(text, { headers: { "content-type": type } });
  },
});
