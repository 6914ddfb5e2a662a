/**
 * Videos of known sites, by their addresses alone: what is shown as a picture until somebody wants to
 * see it. How they are played: `lib/protocol/players.ts`. Pure.
 */

/** The sites, and what an id of theirs looks like: it becomes part of an address. */
export const VIDEO_IDS = {
  youtube: /^[\w-]{11}(?:\?\d{1,6})?$/,
  vimeo: /^\d{1,12}(?:\/[0-9a-f]{6,20})?$/,
  rutube: /^[0-9a-f]{32}(?:\/[\w-]{6,40})?$/,
  vk: /^-?\d{1,12}_\d{1,12}$/,
  dailymotion: /^[a-z0-9]{5,12}$/i,
} as const;

export type VideoKind = keyof typeof VIDEO_IDS;

export interface Video {
  kind: VideoKind;
  /** What follows `?` is the second at which to begin, what follows `/` the key of an unlisted one. */
  id: string;
}

export function videoAt(url: URL): Video | null {
  const host = url.hostname.replace(/^(?:www|m|music|mobile)\./, "");
  const video = found(host, url);
  return video !== null && VIDEO_IDS[video.kind].test(video.id) ? video : null;
}

function found(host: string, url: URL): Video | null {
  const [, first = "", second = "", third = "", fourth = ""] = url.pathname.split("/");
  switch (host) {
    case "youtu.be":
      return { kind: "youtube", id: first + start(url) };
    case "youtube.com":
    case "youtube-nocookie.com": {
      const named = ["shorts", "embed", "live", "v"].includes(first);
      const id = named ? second : first === "watch" ? url.searchParams.get("v") ?? "" : "";
      return { kind: "youtube", id: id + start(url) };
    }
    case "vimeo.com":
    case "player.vimeo.com": {
      const [id, key] = first === "video" ? [second, url.searchParams.get("h")] : [first, second];
      return { kind: "vimeo", id: key ? `${id}/${key}` : id };
    }
    case "rutube.ru": {
      const id = first === "play" ? third : second === "private" ? third : second;
      const isOne = ["video", "shorts", "play"].includes(first);
      const key = url.searchParams.get("p");
      return isOne ? { kind: "rutube", id: key ? `${id}/${key}` : id } : null;
    }
    case "vk.com":
    case "vk.ru":
    case "vkvideo.ru":
      return { kind: "vk", id: vkId(first, url, [second, third, fourth]) };
    case "dailymotion.com":
    case "dai.ly":
      return {
        kind: "dailymotion",
        id: host === "dai.ly" ? first : first === "video" ? second : "",
      };
    default:
      return null;
  }
}

/** `/video-1_2`, `/clip-1_2`, `/video/playlist/…/video-1_2`, and a video opened over another page. */
function vkId(first: string, url: URL, rest: readonly string[]): string {
  const query = /^(?:video|clip)-?\d+_\d+/.exec(url.searchParams.get("z") ?? "")?.[0] ?? "";
  for (const part of [first, ...rest, query]) {
    const id = /^(?:video|clip)(-?\d+_\d+)$/.exec(part)?.[1];
    if (id !== undefined) return id;
  }
  return "";
}

/** `t=1m30s`, `t=90`, `start=90`. */
function start(url: URL): string {
  const said = url.searchParams.get("t") ?? url.searchParams.get("start") ?? "";
  const [, hours = "0", minutes = "0", seconds = "0"] =
    /^(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,6})s?)?$/.exec(said) ?? [];
  const all = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
  return all > 0 ? `?${all}` : "";
}
