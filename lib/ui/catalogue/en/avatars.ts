/** People's pictures, in English. */

export const avatar = {
  label: "Picture",
  hint: "Others see it beside your messages. It is cut square.",
  save: "Save the picture",
  remove: "Remove the picture",
  crop: {
    title: "Choose the part that is shown",
    area: "The picture. Arrow keys move it, plus and minus change its size.",
    zoom: "Size",
    use: "Use this",
    cancel: "Cancel",
  },
};
