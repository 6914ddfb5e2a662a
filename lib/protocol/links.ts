/** What a message's links lead to, in short. Types alone: the browser imports nothing else. */

/** A page that a message links to, as it described itself when somebody looked. */
export interface Link {
  /** As it stands in the message. */
  url: string;
  title: string;
  description: string;
  /** The site's name. */
  site: string;
  /** A small picture that this server keeps. */
  image: string | null;
  /** A video of a known site: it can be played in place. */
  video?: { kind: string; id: string };
}
