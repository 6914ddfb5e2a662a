/** The requests about custom emoji: see `operation.ts`. */
import * as z from "zod";
import { emojiBody } from "../../../protocol/custom_emoji.ts";
import { CUSTOM_EMOJI, LIMITS } from "../../../protocol/limits.ts";
import { emojiList, oneEmoji } from "../objects/custom_emoji.ts";
import type { ApiOperation } from "../operation.ts";

const PARROT = {
  name: "party_parrot",
  url: "/emoji/party_parrot/0123456789abcdef",
  userId: 1,
  createdAt: 1_760_000_000_000,
};

export const CUSTOM_EMOJIS: ApiOperation[] = [
  {
    id: "listEmoji",
    command: "listEmoji",
    tag: "emoji",
    method: "GET",
    path: "/api/emoji",
    from: "caller",
    summary: "List the custom emoji",
    description: "With `If-None-Match`, 304 while the list is the same.",
    answers: {
      200: {
        description: "All of them.",
        schema: emojiList,
        headers: { ETag: "Names this list." },
        examples: { one: { summary: "One", value: { revision: 1, emoji: [PARROT] } } },
      },
      304: { description: "The list is the one that you have." },
    },
  },
  {
    id: "addEmoji",
    command: "nameEmoji",
    tag: "emoji",
    method: "POST",
    path: "/api/emoji",
    from: "caller",
    summary: "Add a custom emoji",
    description: "`file` is the id of a picture that you have uploaded, and which becomes the " +
      "emoji. Or send a form (`multipart/form-data`) with `name` and the picture itself as " +
      `\`file\`, at most ${CUSTOM_EMOJI.taken} bytes. It is made at most ${CUSTOM_EMOJI.pixels} ` +
      "pixels large; what moves goes on moving. In texts and reactions it is `:name:`.",
    body: {
      schema: emojiBody,
      examples: {
        parrot: { summary: "An uploaded file", value: { name: "party_parrot", file: 1 } },
      },
    },
    answers: {
      201: {
        description: "It is there, for everybody.",
        schema: oneEmoji,
        examples: { parrot: { summary: "A parrot", value: PARROT } },
      },
    },
    refusals: {
      forbidden: "You are a guest; or only the owner and admins add emoji here.",
      not_found: "You have no such upload.",
      conflict: "There is an emoji of this name; also one of Unicode's.",
      invalid: `This cannot be a name or a picture; or there are ${LIMITS.customEmoji} already.`,
      too_large: "The picture is too large; `limit` says how many bytes it may have.",
    },
  },
  {
    id: "removeEmoji",
    command: "removeEmoji",
    tag: "emoji",
    method: "DELETE",
    path: "/api/emoji/:name",
    from: "caller",
    summary: "Remove a custom emoji",
    description: "Yours; the owner and admins remove any. Where it stood its name is left.",
    parameters: {
      name: {
        schema: z.string(),
        field: "name",
        description: "Its name, without colons.",
        example: "party_parrot",
      },
    },
    answers: { 204: { description: "It is gone, and so is its picture." } },
    refusals: {
      forbidden: "Somebody else added it.",
      not_found: "There is no such emoji.",
    },
  },
];
