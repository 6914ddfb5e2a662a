/**
 * A page that a message links to: its site, its title, a few words, a picture. Everything of it is
 * text that strangers wrote. A video stays a picture until somebody wants to see it: its site learns
 * of nobody before.
 */
import { useState } from "preact/hooks";
import type { Link } from "../../protocol/links.ts";
import type { Message } from "../../protocol/messages.ts";
import { dialogWords } from "../catalogue/dialogs.ts";
import { AnyIcon } from "../parts/AnyIcon.tsx";
import { Icon } from "../parts/Icon.tsx";
import { followable } from "../text/links.ts";
import { useTabIndex } from "../text/tab_index.ts";
import { attempt, useView } from "../view.ts";
import { VideoFrame } from "./VideoFrame.tsx";

export interface LinkCardProps {
  link: Link;
  message: Message;
  mayRemove: boolean;
}

/** Pixels: a picture at least so wide, and wider than high, stands below the words. */
const WIDE = 300;

export function LinkCard({ link, message, mayRemove }: LinkCardProps) {
  const view = useView();
  const words = dialogWords(view.language).links;
  const tabIndex = useTabIndex();
  const [plays, setPlays] = useState(false);
  const href = followable(link.url)?.href;
  if (href === undefined) return null;
  const isWide = link.video !== undefined || (link.width ?? 0) >= WIDE && !isTall(link);
  const remove = async () => (await view.actions.fileCalls()).removeLink(message.id, link.url);
  return (
    <div class={isWide ? "link-card wide" : "link-card"}>
      <div class="link-about">
        <span class="link-site" dir="auto">{link.site}</span>
        <a
          class="link-title"
          href={href}
          target="_blank"
          rel="noopener noreferrer nofollow"
          tabIndex={tabIndex}
          dir="auto"
        >
          {link.title}
        </a>
        {link.description !== "" && <span class="link-words" dir="auto">{link.description}</span>}
      </div>
      {plays && link.video !== undefined
        ? <VideoFrame video={link.video} title={link.title} />
        : <Look link={link} href={href} onPlay={() => setPlays(true)} />}
      {mayRemove && (
        <button
          type="button"
          class="icon-button link-remove"
          aria-label={words.remove(link.title)}
          title={words.removeShort}
          tabIndex={tabIndex}
          onClick={() => void attempt(view, remove)}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}

function isTall({ width, height }: Link): boolean {
  return (height ?? 0) > (width ?? 0);
}

/** The picture, of a size that is known beforehand; of a video it is what begins it. */
function Look({ link, href, onPlay }: { link: Link; href: string; onPlay: () => void }) {
  const words = dialogWords(useView().language).links;
  const tabIndex = useTabIndex();
  const { image, width, height, video } = link;
  const [failed, setFailed] = useState(false);
  const picture = image !== null && !failed && (
    <img
      src={image}
      alt=""
      width={width ?? undefined}
      height={height ?? undefined}
      loading="lazy"
      decoding="async"
      onError={() => setFailed(true)}
    />
  );
  if (video !== undefined) {
    return (
      <button
        type="button"
        class="link-look playable"
        aria-label={words.play(link.title, link.site)}
        title={words.playShort(link.site)}
        tabIndex={tabIndex}
        onClick={onPlay}
      >
        {picture}
        <span class="link-play">
          <AnyIcon name="play" />
        </span>
      </button>
    );
  }
  // The title leads there too: one way for the keyboard is enough.
  return picture && (
    <a
      class="link-look"
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      tabIndex={-1}
      aria-hidden="true"
    >
      {picture}
    </a>
  );
}
