/**
 * A site's own player, in a frame that may do no more than play. The site is told which chat it is
 * shown in, since some play nowhere else, but not on which page.
 */
import { useEffect, useRef } from "preact/hooks";
import type { Link } from "../../protocol/links.ts";
import { playerOf } from "../../protocol/players.ts";

export function VideoFrame(
  { video, title }: { video: NonNullable<Link["video"]>; title: string },
) {
  const frame = useRef<HTMLIFrameElement>(null);
  // The button that had the focus is gone.
  useEffect(() => frame.current?.focus(), []);
  return (
    <iframe
      ref={frame}
      class="link-player"
      src={playerOf(video)}
      title={title}
      sandbox="allow-scripts allow-same-origin allow-presentation allow-popups"
      allow="autoplay; fullscreen; picture-in-picture; encrypted-media"
      referrerPolicy="strict-origin"
    />
  );
}
