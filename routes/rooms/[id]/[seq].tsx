/** `/rooms/:id/:seq`: a message, in the middle of its page. */
import { roomPage } from "../../../lib/http/pages.ts";
import { define, idOf } from "../../../lib/http/state.ts";
import { ChatDocument } from "../../(_parts)/ChatDocument.tsx";

export const handler = define.handlers({
  GET: (ctx) => roomPage(ctx, idOf(ctx, "id"), idOf(ctx, "seq")),
});

export default define.page<typeof handler>(ChatDocument);
