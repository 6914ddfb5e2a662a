/** Rooms' pictures. Schemas for the server; the browser imports the types only. */
import * as field from "./fields.ts";
import { pictureVersion, smallPicture } from "./small_pictures.ts";

export const setRoomPicture = field.object(() => ({ room: field.id, picture: smallPicture }));
export const removeRoomPicture = field.inRoom;
export const roomPicture = field.object(() => ({ room: field.id, version: pictureVersion }));
