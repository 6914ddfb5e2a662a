/** A public room before one joins it, in English. */

export const preview = {
  empty: "Nothing has been written here yet.",
  list: (room: string) => `The last messages in ${room}`,
  text: (room: string) => `You are looking at ${room}. Join to read all of it and to write.`,
  join: "Join",
};
