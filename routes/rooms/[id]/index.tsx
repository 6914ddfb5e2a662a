/** `/rooms/:id`: a room; a public one that is not joined, as it is seen from outside. */
import { roomPage } from "../../../lib/http/pages.ts";
import { define, idOf } from "../../../lib/http/state.ts";
import { ChatDocument } from "../../(_parts)/ChatDocument.tsx";

export const handler = define.handlers({
  GET: (ctx) => roomPage(ctx, idOf(ctx, "id"), null),
});

export default define.page<typeof handler>(ChatDocument);
