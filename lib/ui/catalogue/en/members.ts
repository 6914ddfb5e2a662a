/** The list of a room's members, in English. */

export const members = {
  search: "Search members",
  owner: "Owner",
  add: "Add people",
  remove: (name: string) => `Remove ${name}`,
  removeTitle: (name: string) => `Remove ${name} from the room?`,
  removeText: "They will no longer see its messages.",
  removeConfirm: "Remove",
};
