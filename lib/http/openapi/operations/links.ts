/** The request that takes a preview away: see `operation.ts`. */
import { removeLinkQuery } from "../../../protocol/links.ts";
import * as example from "../examples.ts";
import * as object from "../objects.ts";
import type { ApiOperation } from "../operation.ts";
import { MESSAGE, NO_MESSAGE } from "./messages.ts";

export const LINKS: ApiOperation[] = [
  {
    id: "removeLink",
    command: "removeLink",
    tag: "messages",
    method: "DELETE",
    path: "/api/messages/:id/links",
    from: "caller",
    summary: "Remove the preview of a link",
    description: "For its author, the room's owner, and the server's owner and admins. It stays " +
      "removed, also when the text is edited; the link itself stays.",
    parameters: { id: MESSAGE },
    query: {
      schema: removeLinkQuery,
      notes: { url: "As it stands in the message's `links`." },
      examples: [`url=${encodeURIComponent("https://books.example/")}`],
    },
    answers: {
      200: {
        description: "The message, without it.",
        schema: object.message,
        examples: { own: { summary: "Your own", value: example.message } },
      },
    },
    refusals: {
      forbidden: "You may not delete this message, or it is deleted.",
      not_found: NO_MESSAGE,
    },
  },
];
