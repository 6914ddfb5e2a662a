/**
 * What a message's links lead to, in short. Schemas for the server; the browser imports the types
 * only.
 */
import * as z from "zod";
import * as field from "./fields.ts";

/** Sites whose videos can be played in place. */
export const VIDEO_SITES = ["youtube", "vimeo", "rutube", "vk", "dailymotion"] as const;
export type VideoSite = typeof VIDEO_SITES[number];

/** A page that a message links to, as it described itself when somebody looked. */
export interface Link {
  /** As it stands in the message. */
  url: string;
  title: string;
  description: string;
  /** The site's name. */
  site: string;
  /** A small picture that this server keeps, and its pixels. */
  image: string | null;
  width: number | null;
  height: number | null;
  /**
   * A video of a known site: it can be played in place. Behind `?` in its id stands the second at
   * which it begins, behind `/` the key of one that is not public.
   */
  video?: { kind: VideoSite; id: string };
}

/** As it stands in the message's `links`. */
const url = z.lazy(() => z.string().max(2_100, { abort: true }));

/** Of the query, where the message stands in the path. */
export const removeLinkQuery = field.object(() => ({ url }));
const key = z.lazy(() => z.string().max(100, { abort: true }));

/** What `/previews/:key/:version` shows. */
export const previewPicture = field.object(() => ({ key }));

export const removeLink = field.object(() => ({ message: field.id, url }));
