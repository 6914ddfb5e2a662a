/**
 * The key by which a direct room is found again: the sorted ids of its people, joined by commas.
 * When somebody leaves a group, its room is no longer the room of exactly these people, nor may it
 * replace the room that the others have among themselves: its key then ends in "#" and the room's
 * id, so that nobody finds it by its people. Pure.
 */

export function directKey(people: readonly number[]): string {
  return [...new Set(people)].sort((a, b) => a - b).join(",");
}

export function keyAfterLeaving(key: string, userId: number, room: number): string {
  const left = peopleIn(key).filter((id) => id !== userId);
  return `${left.join(",")}#${room}`;
}

/** The part of its key that a room shows. */
export function peopleOfKey(key: string): { users: number[]; group?: true } {
  const users = peopleIn(key);
  return users.length > 2 || key.includes("#") ? { users, group: true } : { users };
}

function peopleIn(key: string): number[] {
  const [ids = ""] = key.split("#");
  return ids === "" ? [] : ids.split(",").map(Number);
}
