/** A picture, as large as the window allows, and larger where somebody looks closely. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { File } from "../../../protocol/files.ts";
import { useDialogView } from "../../dialog_view.ts";
import { canBeDrawn } from "../kinds.ts";
import { Stage } from "./gestures.ts";

export interface PictureStageProps {
  file: File;
  /** Where the keys and buttons around it find it. */
  stage: { current: Stage | null };
  onSwipe: (swipe: "previous" | "next" | "away") => void;
}

export function PictureStage({ file, stage, onSwipe }: PictureStageProps) {
  const { words } = useDialogView();
  const place = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<"loading" | "shown" | "failed">("loading");
  const [isClose, setClose] = useState(false);
  const latest = useRef(onSwipe);
  latest.current = onSwipe;
  useLayoutEffect(() => {
    const made = new Stage(place.current!, picture.current!, {
      onSwipe: (swipe) => latest.current(swipe),
      onSight: ({ scale }) => setClose(scale > 1),
    });
    stage.current = made;
    const stop = made.listen();
    return () => {
      stop();
      stage.current = null;
    };
  }, []);
  const [patient, setPatient] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setPatient(false), 400);
    return () => clearTimeout(timer);
  }, []);
  const whole = canBeDrawn(file) ? file.url : file.thumbnail ?? file.url;
  const size = { width: file.width ?? undefined, height: file.height ?? undefined };
  return (
    <div ref={place} class={isClose ? "viewer-stage close" : "viewer-stage"}>
      <div ref={picture} class={file.blur === null ? "viewer-picture clear" : "viewer-picture"}>
        {/* What is here already stands for what is on its way. */}
        {state !== "shown" && file.thumbnail !== null && (
          <img class="viewer-stand-in" src={file.thumbnail} alt="" {...size} draggable={false} />
        )}
        <img
          class={state === "shown" ? "viewer-whole" : "viewer-whole coming"}
          src={whole}
          alt={file.alt || words.files.picture(file.name)}
          draggable={false}
          {...size}
          onLoad={() => setState("shown")}
          onError={() => setState("failed")}
        />
      </div>
      {state === "failed" && <p class="viewer-note" role="alert">{words.viewer.failed}</p>}
      {state === "loading" && !patient && <p class="viewer-note">{words.viewer.loading}</p>}
    </div>
  );
}
