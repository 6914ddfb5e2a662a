/** The requests that take something back: see `operation.ts`. */
import { UNDO_FOR } from "../../../protocol/limits.ts";
import * as example from "../examples.ts";
import * as object from "../objects.ts";
import type { ApiOperation } from "../operation.ts";
import { MESSAGE, NO_MESSAGE } from "./messages.ts";

export const UNDO: ApiOperation[] = [
  {
    id: "restoreMessage",
    command: "restoreMessage",
    tag: "messages",
    method: "POST",
    path: "/api/messages/:id/restore",
    from: "caller",
    summary: "Take a deletion back",
    description: `For who deleted the message, for ${UNDO_FOR / 1_000} seconds. Its text, ` +
      "mentions, reactions and earlier texts come back, and it is saved again for who had saved " +
      "it. A message that is not deleted stays as it is.",
    parameters: { id: MESSAGE },
    answers: {
      200: {
        description: "The message, as it was.",
        schema: object.message,
        examples: { own: { summary: "Your own", value: example.message } },
      },
    },
    refusals: {
      forbidden: "Somebody else deleted it, or too long ago; or you may not delete it any more.",
      not_found: NO_MESSAGE,
    },
  },
];
