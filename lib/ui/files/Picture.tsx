/**
 * A picture in place. Its size is in the page before its bytes arrive, and a blurred stand-in fills
 * it until then. A link to the picture itself, which opens above the chat.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { dialogWords } from "../catalogue/dialogs.ts";
import { AnyIcon } from "../parts/AnyIcon.tsx";
import { useTabIndex } from "../text/tab_index.ts";
import { useView } from "../view.ts";
import { fitted, pictureSize } from "./layout.ts";
import type { FileProps } from "./file_props.ts";
import { useOpener } from "./opening.ts";

/** @param tile one of several: a square of the grid */
export function Picture({ file, message, tile = false }: FileProps & { tile?: boolean }) {
  const { language, inSight, mounted } = useView();
  // Written out of sight: its stand-in comes at rest (`stand_ins.ts`).
  const blurLater = !inSight && !mounted.peek();
  const words = dialogWords(language);
  const tabIndex = useTabIndex();
  const open = useOpener(file, message);
  const loading = useLoading();
  const size = fitted(pictureSize(file));
  // What may be transparent has no stand-in: it would shine through.
  const look = file.blur === null ? "picture opens clear" : "picture opens";
  if (loading.failed) {
    return <NotLoaded {...size} tile={tile} name={file.name} again={loading.again} />;
  }
  return (
    <a
      class={tile ? `${look} tile` : look}
      href={file.url}
      target="_blank"
      rel="noopener"
      tabIndex={tabIndex}
      onClick={open}
    >
      {file.blur !== null && !blurLater && <img class="stand-in" src={file.blur} alt="" />}
      <img
        key={loading.attempt}
        ref={loading.image}
        class="shown"
        data-blur={blurLater ? file.blur : null}
        src={file.thumbnail ?? file.url}
        alt={file.alt || words.files.picture(file.name)}
        width={size.width}
        height={size.height}
        loading={inSight ? "eager" : "lazy"}
        decoding="async"
        onError={loading.fail}
      />
      {file.type === "image/gif" && <span class="picture-mark">GIF</span>}
    </a>
  );
}

interface Loading {
  failed: boolean;
  attempt: number;
  image: { current: HTMLImageElement | null };
  fail: () => void;
  again: () => void;
}

/** Once more by itself when the connection is back. */
function useLoading(): Loading {
  const online = useView().state.connection.value.state === "online";
  const [attempt, setAttempt] = useState(0);
  const [failed, setFailed] = useState(false);
  const image = useRef<HTMLImageElement>(null);
  function again() {
    setFailed(false);
    setAttempt((before) => before + 1);
  }
  useEffect(() => {
    // It may have failed before anything here was awake.
    const { current } = image;
    if (current?.complete && current.naturalWidth === 0) setFailed(true);
  }, []);
  const wasOnline = useRef(online);
  useEffect(() => {
    if (online && !wasOnline.current && failed) again();
    wasOnline.current = online;
  }, [online]);
  return { failed, attempt, image, fail: () => setFailed(true), again };
}

interface NotLoadedProps {
  width: number;
  height: number;
  tile: boolean;
  name: string;
  again: () => void;
}

/** In a place of the same size: nothing moves. */
function NotLoaded({ width, height, tile, name, again }: NotLoadedProps) {
  const { language } = useView();
  const words = dialogWords(language);
  const tabIndex = useTabIndex();
  return (
    <div class={tile ? "picture broken tile" : "picture broken"}>
      {/* Of that size, whatever the window's width makes of it. */}
      <svg class="shown" width={width} height={height} viewBox={`0 0 ${width} ${height}`} />
      <div class="broken-note">
        <AnyIcon name="picture" />
        <span class={tile ? "hidden" : ""}>{words.files.notLoaded}</span>
        <button
          type="button"
          class="link-button"
          tabIndex={tabIndex}
          aria-label={`${words.files.again}: ${name}`}
          onClick={again}
        >
          {words.files.again}
        </button>
      </div>
    </div>
  );
}
