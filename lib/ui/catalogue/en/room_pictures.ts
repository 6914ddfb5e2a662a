/** Rooms' pictures, in English. */

export const roomPicture = {
  label: "Picture",
  choose: "Choose a picture",
  remove: "Remove the picture",
  refused: "This file cannot be the picture. Choose a PNG, JPEG, WebP or GIF.",
  crop: {
    title: "Choose the part that is shown",
    area: "The picture. Arrow keys move it, plus and minus change its size.",
    zoom: "Size",
    use: "Use this",
    cancel: "Cancel",
  },
};
