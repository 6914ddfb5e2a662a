/** Dialogs to create a room and to find one, in English. */

export const create = {
  title: "Create a room",
  name: "Name",
  topic: "Topic",
  optional: "optional",
  topicHint: "What is it about?",
  kind: "Who can join",
  public: "Public",
  publicHint: "Anyone on this server",
  private: "Private",
  privateHint: "Only people who are added",
  submit: "Create room",
};

export const hidden = {
  title: "More conversations",
  search: "Search hidden conversations",
  empty: "Nothing found",
  more: "Show more",
};

export const browse = {
  title: "Public rooms",
  search: "Search rooms",
  empty: "No public room by that name.",
  join: "Join",
  open: "Open",
  joinName: (name: string) => `Join ${name}`,
  lookName: (room: string) => `Look at ${room}`,
  openName: (name: string) => `Open ${name}`,
};
