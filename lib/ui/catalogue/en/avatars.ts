/** People's pictures, in English. */

export const avatar = {
  label: "Picture",
  hint: "Others see it beside your messages. It is cut square.",
  save: "Save the picture",
  remove: "Remove the picture",
};
