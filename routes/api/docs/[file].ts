/** `/api/docs/:file`: the script and the styles of `/api/docs`, read at the first request. */
import { notFound } from "../../../lib/errors.ts";
import { serveStaticFile } from "../../../lib/fresh/static_files.ts";
import { define } from "../../../lib/http/state.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const file = await serveStaticFile(ctx.state.services.apiDocs(), ctx.req);
    if (file === null) throw notFound("file");
    return file;
  },
});
