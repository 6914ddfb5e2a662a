/** Rooms' pictures, in English. */

export const roomPicture = {
  label: "Picture",
  choose: "Choose a picture",
  remove: "Remove the picture",
  refused: "This file cannot be the picture. Choose a PNG, JPEG, WebP or GIF.",
};
