/** People's pictures. Schemas for the server; the browser imports the types only. */
import * as field from "./fields.ts";
import { pictureVersion, smallPicture } from "./small_pictures.ts";

/** A picture is about to be made of what somebody sends: that takes work, and is counted. */
export const takePicture = field.nothing;

export const setAvatar = field.object(() => ({ picture: smallPicture }));
export const removeAvatar = field.nothing;
export const avatarPicture = field.object(() => ({ id: field.id, version: pictureVersion }));
