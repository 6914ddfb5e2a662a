/** The open room: its header, its members, in English. */
import { counted } from "../numbers.ts";

export const room = {
  members: "Members",
  memberCount: (count: number) => counted("en", count, { one: "member", other: "members" }),
  showMembers: "Show members",
  menu: "Room options",
  archivedNote: "This room is archived. It can be read, not written to.",
  lostText: "You are no longer in the room that was open here.",
  welcomeTitle: "Pick up a conversation",
  welcomeText: "Choose a room on the left, browse the public ones, or write to somebody.",
  beginning: (name: string) => `This is the beginning of ${name}`,
  beginningPublic: "Anyone on this server can find and join this room.",
  beginningPrivate: "Only the people who were added can see this room.",
  beginningDirect: "Only the people in this conversation can see it.",
  addPeople: "Add people",
  message: (name: string) => `Write to ${name}`,
};
