/**
 * A voice message: plays and pauses, shows how loud it is where, and how far it has been played. The
 * place can be chosen on it, also by keyboard. Without a script its button leads to the sound itself.
 */
import { useEffect } from "preact/hooks";
import { dialogWords } from "../catalogue/dialogs.ts";
import { authorName } from "../names.ts";
import { AnyIcon } from "../parts/AnyIcon.tsx";
import { formatDuration } from "../parts/duration.ts";
import { useTabIndex } from "../text/tab_index.ts";
import { useView } from "../view.ts";
import { FileCard } from "./FileCard.tsx";
import type { FileProps } from "./file_props.ts";
import { useHeard } from "./heard.ts";
import { pauseOthers } from "./played.ts";
import { playbackOf } from "./playback.ts";
import { Waveform } from "./Waveform.tsx";

export function VoicePlayer({ file, message }: FileProps) {
  const view = useView();
  const words = dialogWords(view.language);
  const tabIndex = useTabIndex();
  const playback = playbackOf(view);
  const isMine = playback.track.value?.file.id === file.id;
  const isPlaying = isMine && playback.playing.value;
  const position = isMine ? playback.position.value : 0;
  const all = file.duration ?? 0;
  const heard = useHeard(message);
  useLeaving(message.room);
  useEffect(() => playback.recall(), []);
  if (playback.failed.value === file.id) {
    return <FileCard file={file} message={message} note={words.files.notPlayed} />;
  }
  function play(from?: number) {
    pauseOthers(null);
    playback.play({ file, message: message.id, timeline: view.state.timeline }, from);
  }
  const name = authorName(view.state.users.value, message);
  return (
    <div class="voice" role="group" aria-label={words.voice.label(name, formatDuration(all))}>
      <PlayButton
        href={file.url}
        isPlaying={isPlaying}
        run={() => isPlaying ? playback.pause() : play()}
      />
      <div class="voice-place">
        <Waveform levels={file.voice?.waveform ?? []} played={all === 0 ? 0 : position / all} />
        <Position
          position={position}
          all={all}
          choose={(seconds) => isMine ? playback.seek(seconds) : play(seconds)}
        />
      </div>
      {heard === false && <Unheard isOwn={message.userId === view.state.me.value.id} />}
      <span class="voice-time" aria-hidden="true">
        {formatDuration(isMine && position > 0 ? position : all)}
      </span>
      <button
        type="button"
        class="voice-speed"
        aria-label={words.voice.speed(String(playback.speed.value))}
        tabIndex={tabIndex}
        onClick={() => playback.turnSpeed()}
      >
        {playback.speed.value}×
      </button>
    </div>
  );
}

/** The mark goes when it is played. */
function Unheard({ isOwn }: { isOwn: boolean }) {
  const words = dialogWords(useView().language);
  const label = isOwn ? words.voice.notHeard : words.voice.unheard;
  return <span class="voice-unheard" role="img" aria-label={label} title={label} />;
}

interface PlayButtonProps {
  href: string;
  isPlaying: boolean;
  run: () => void;
}

function PlayButton({ href, isPlaying, run }: PlayButtonProps) {
  const { language } = useView();
  const words = dialogWords(language);
  return (
    <a
      class="voice-play"
      role="button"
      href={href}
      aria-label={isPlaying ? words.voice.pause : words.voice.play}
      tabIndex={useTabIndex()}
      onClick={(event) => {
        event.preventDefault();
        run();
      }}
      onKeyDown={(event) => {
        if (event.key !== " ") return;
        event.preventDefault();
        run();
      }}
    >
      <AnyIcon name={isPlaying ? "pause" : "play"} />
    </a>
  );
}

interface PositionProps {
  /** Seconds. */
  position: number;
  all: number;
  choose: (seconds: number) => void;
}

/** Tenths of a second, over the whole of the waveform. */
function Position({ position, all, choose }: PositionProps) {
  const { language } = useView();
  const words = dialogWords(language);
  return (
    <input
      type="range"
      min="0"
      max={String(Math.max(1, Math.round(all * 10)))}
      value={String(Math.round(position * 10))}
      step="1"
      aria-label={words.voice.position}
      aria-valuetext={words.voice.at(formatDuration(position), formatDuration(all))}
      tabIndex={useTabIndex()}
      onInput={({ currentTarget }) => choose(Number(currentTarget.value) / 10)}
      onKeyDown={(event) => {
        // Here they choose the place in the sound; the conversation's own keys wait.
        if (/^(Arrow|Page|Home|End)/.test(event.key)) event.stopPropagation();
      }}
    />
  );
}

/** What was played in a room is over once another is open. */
function useLeaving(room: number): void {
  const view = useView();
  useEffect(() => () => {
    const open = view.state.openRoom.peek();
    if (open !== null && open !== room) playbackOf(view).stop();
  }, []);
}
