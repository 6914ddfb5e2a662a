/** Choosing the square of a picture, of a person or of a room, in English. */

export const crop = {
  title: "Choose the part that is shown",
  area: "The picture. Arrow keys move it, plus and minus change its size.",
  zoom: "Size",
  use: "Use this",
  cancel: "Cancel",
};
