/** People's pictures. */
import * as z from "zod";
import { PICTURE } from "../../../protocol/limits.ts";
import { pictureBody } from "../../../protocol/small_pictures.ts";
import type { ApiOperation } from "../operation.ts";

/** One pixel. */
export const DOT =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

export const HOW_SENT = "As its bytes with their own type (`image/…`), as a form " +
  `(\`multipart/form-data\` with \`file\`), or as JSON; at most ${PICTURE.taken} bytes. It is cut ` +
  `square from its middle, and made ${PICTURE.pixels} pixels wide.`;

export const AVATARS: readonly ApiOperation[] = [
  {
    id: "setAvatar",
    command: "setAvatar",
    tag: "accounts",
    method: "PUT",
    path: "/api/me/avatar",
    from: "caller",
    summary: "Set your picture",
    description: HOW_SENT,
    body: {
      schema: pictureBody,
      examples: { dot: { summary: "One pixel", value: { data: DOT } } },
    },
    answers: {
      200: {
        description: "Its address, as others see it now.",
        schema: z.object({ avatar: z.string() }),
        examples: {
          ann: { summary: "Ann's", value: { avatar: "/avatars/1/0123456789abcdef" } },
        },
      },
    },
  },
  {
    id: "removeAvatar",
    command: "removeAvatar",
    tag: "accounts",
    method: "DELETE",
    path: "/api/me/avatar",
    from: "caller",
    summary: "Remove your picture",
    answers: { 204: { description: "There is none." } },
  },
];
