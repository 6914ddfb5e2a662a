/** `/api/rooms`: lists the caller's rooms or public ones to browse; creates rooms. */
import { parse } from "../../../lib/chat/chat.ts";
import { json, jsonText } from "../../../lib/http/answer.ts";
import { askForTag, notModified, roomsBehind, tagHeader } from "../../../lib/http/conditional.ts";
import { readJson } from "../../../lib/http/body.ts";
import { define, queryOf, run } from "../../../lib/http/state.ts";
import { roomsQuery } from "../../../lib/protocol/listing.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { scope, ...page } = parse(roomsQuery, queryOf(ctx));
    if (scope === "hidden") return json(await run(ctx, "listHiddenRooms", page));
    if (scope === "public") {
      return json({ rooms: await run(ctx, "browseRooms", { q: page.q ?? "" }) });
    }
    const tag = askForTag(ctx);
    if (tag.unchanged !== null) return notModified(tag.unchanged);
    const { list, ids, hidden } = await run(ctx, "listRooms", {});
    return jsonText(list, tagHeader(tag.give(roomsBehind(ids, hidden))));
  },

  async POST(ctx) {
    const { room, created } = await run(ctx, "createRoom", await readJson(ctx));
    return json(room, created ? 201 : 200);
  },
});
