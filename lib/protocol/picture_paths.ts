/** Where the pictures of people and rooms are found. A picture that changes has another address. */

export function avatarPath(userId: number, version: string): string {
  return `/avatars/${userId}/${version}`;
}

export function roomPicturePath(room: number, version: string): string {
  return `/rooms/${room}/picture/${version}`;
}
