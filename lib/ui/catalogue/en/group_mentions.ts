/** Mentions of many at once, in English. */
import { counted } from "../numbers.ts";

const people = (count: number) => counted("en", count, { one: "person", other: "people" });

export const groupMentions = {
  here: "who is online now",
  room: "every member",
  askTitle: (count: number) => `Mention ${people(count)}?`,
  askHere: (count: number) =>
    `@here reaches everybody in this room who is online: ${people(count)}.`,
  askRoom: (count: number) => `@room reaches every member of this room: ${people(count)}.`,
  mention: "Mention them",
};
