/**
 * The key by which a direct room is found again: the sorted ids of its people, joined by commas.
 * When somebody leaves a group, its room is not that of exactly these people any more, nor may it
 * take the place of the room that the others have among themselves: its key then ends in "#" and
 * the room's id, and is nobody's to find. Pure.
 */

export function directKey(people: readonly number[]): string {
  return [...new Set(people)].sort((a, b) => a - b).join(",");
}

export function keyAfterLeaving(key: string, userId: number, room: number): string {
  const left = peopleIn(key).filter((id) => id !== userId);
  return `${left.join(",")}#${room}`;
}

/** What a room shows of its key. */
export function peopleOfKey(key: string): { users: number[]; group?: true } {
  const users = peopleIn(key);
  return users.length > 2 || key.includes("#") ? { users, group: true } : { users };
}

function peopleIn(key: string): number[] {
  const [ids = ""] = key.split("#");
  return ids === "" ? [] : ids.split(",").map(Number);
}
