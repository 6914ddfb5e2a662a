/** The requests about what messages said before: see `operation.ts`. */
import * as z from "zod";
import { VERSIONS_KEPT } from "../../../protocol/limits.ts";
import type { MessageVersion } from "../../../protocol/versions.ts";
import * as example from "../examples.ts";
import { of, time } from "../objects/base.ts";
import type { ApiOperation } from "../operation.ts";
import { MESSAGE, NO_MESSAGE } from "./messages.ts";

const versions = of<{ versions: MessageVersion[] }>()(z.object({
  versions: z.array(z.object({
    text: z.string(),
    at: time.meta({ description: "When it was written." }),
  })).max(VERSIONS_KEPT).meta({ description: "Oldest first; without the text of now." }),
}));

const VERSION = { text: "Hello, reading gruop!", at: example.message.ts };

export const VERSIONS: ApiOperation[] = [
  {
    id: "listVersions",
    command: "listVersions",
    tag: "history",
    method: "GET",
    path: "/api/messages/:id/versions",
    from: "caller",
    summary: "Read what an edited message said before",
    description:
      `For whoever may read the message. The first text and the last ones, ${VERSIONS_KEPT} in ` +
      "all; of a message that was not edited, or was deleted, none.",
    parameters: { id: MESSAGE },
    answers: {
      200: {
        description: "The earlier texts.",
        schema: versions,
        examples: {
          edited: { summary: "Edited once", value: { versions: [VERSION] } },
        },
      },
    },
    refusals: { not_found: NO_MESSAGE },
  },
];
