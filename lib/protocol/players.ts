/**
 * How videos of known sites are played: each by its site's own player, in a frame. Which origins such
 * a frame may have is said by these, to whoever writes the chat page's policy; imports types alone.
 */
import type { VideoSite } from "./links.ts";

/** An id is of the form that `lib/links/videos.ts` has checked. */
const PLAYERS: Readonly<Record<VideoSite, (id: string, more: string | undefined) => string>> = {
  // The one that sets no cookies.
  youtube: (id, start) =>
    `https://www.youtube-nocookie.com/embed/${id}?autoplay=1${start ? `&start=${start}` : ""}`,
  vimeo: (id, key) =>
    `https://player.vimeo.com/video/${id}?autoplay=1&dnt=1${key ? `&h=${key}` : ""}`,
  rutube: (id, key) => `https://rutube.ru/play/embed/${id}/${key ? `?p=${key}` : ""}`,
  vk(id) {
    const [owner, video] = id.split("_");
    return `https://vkvideo.ru/video_ext.php?oid=${owner}&id=${video}&autoplay=1`;
  },
  dailymotion: (id) => `https://geo.dailymotion.com/player.html?video=${id}`,
};

/** VK's player may lead from the one to the other. */
export const PLAYER_ORIGINS = [
  "https://www.youtube-nocookie.com",
  "https://player.vimeo.com",
  "https://rutube.ru",
  "https://vkvideo.ru",
  "https://vk.com",
  "https://geo.dailymotion.com",
] as const;

export function playerOf({ kind, id }: { kind: VideoSite; id: string }): string {
  const [name, more] = id.split(/[?/]/, 2);
  return PLAYERS[kind](name!, more);
}
