/** Previews of links, in Russian. */
import type * as en from "../en/links.ts";

export const links: typeof en.links = {
  remove: (title) => `Убрать предпросмотр: ${title}`,
  removeShort: "Убрать предпросмотр",
  play: (title, site) => `Смотреть: ${title}, с сайта ${site}`,
  playShort: (site) => `Видео загрузится с сайта ${site}, и сайт об этом узнает`,
};
