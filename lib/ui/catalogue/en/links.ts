/** Previews of links, in English. */

export const links = {
  remove: (title: string) => `Remove the preview of ${title}`,
  removeShort: "Remove the preview",
  play: (title: string, site: string) => `Play ${title}, from ${site}`,
  playShort: (site: string) => `Plays from ${site}, which learns of it`,
};
