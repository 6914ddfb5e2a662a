/** Dialogs to choose people, in English. */
import { counted } from "../numbers.ts";

export const people = {
  directTitle: "New direct message",
  addTitle: (room: string) => `Add people to ${room}`,
  search: "Search people by name",
  nobody: "Nobody by that name.",
  chosen: "Chosen people",
  remove: (name: string) => `Take ${name} off the list`,
  start: "Start conversation",
  add: "Add",
  alreadyMember: "already a member",
  tooMany: (count: number) =>
    `At most ${counted("en", count, { one: "person", other: "people" })}.`,
};
