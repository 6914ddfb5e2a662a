/** What a message says of its thread, in Russian. */
import { counted } from "../numbers.ts";
import type * as en from "../en/threads.ts";

const REPLIES = { one: "ответ", few: "ответа", many: "ответов", other: "ответа" };

export const thread: typeof en.thread = {
  replies: (count) => counted("ru", count, REPLIES),
  fresh: "новое",
  open: "Открыть обсуждение",
  only: "Только в обсуждении",
  mine: "Обсуждения",
  waiting: (count) => `обсуждений с новыми ответами: ${count}`,
  topics: "Темы",
};
