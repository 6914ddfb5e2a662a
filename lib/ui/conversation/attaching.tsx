/**
 * What brings files and voice into a message: the buttons, which are there from the first view, and the
 * place of what comes at rest with all that they do.
 */
import type { Signal } from "@preact/signals";
import type { RefObject } from "preact";
import type { AskedToAttach } from "../attachments/asked.ts";
import { useAtRest } from "../parts/at_rest.ts";
import { IconButton } from "../parts/IconButton.tsx";
import { laterStyles } from "../parts/later_styles.ts";
import { useView } from "../view.ts";
import type { Writing } from "./writing.ts";

const loadAttaching = async () =>
  (await Promise.all([import("../attachments/Attaching.tsx"), laterStyles()]))[0];

export interface AttachingProps {
  writing: Writing;
  input: RefObject<HTMLTextAreaElement | null>;
  asked: Signal<AskedToAttach | null>;
}

/** Above the text: what is attached, and what is being recorded. */
export function Attached({ writing, input, asked }: AttachingProps) {
  const { toast, words } = useView();
  const wanted = asked.value !== null || writing.attachments.length > 0;
  const part = useAtRest(loadAttaching, wanted, () => {
    asked.value = null;
    toast.value = words.connection.unreachable;
  });
  return part && <part.Attaching host={writing} input={input} asked={asked} />;
}

/** An edit changes the text alone, and a host may keep no files. */
export function AttachButton({ asked, writing }: AttachingProps) {
  const { words } = useView();
  return writing.mayAttach
    ? (
      <IconButton
        icon="clip"
        label={words.composer.attach}
        title={words.composer.attach}
        onClick={({ currentTarget: from }) =>
          asked.value = asked.value ? null : { what: "files", from }}
      />
    )
    : null;
}

/** A voice message goes by itself: where something is written, the button that sends is in its place. */
export function VoiceButton({ asked, writing }: AttachingProps) {
  const { words } = useView();
  if (!writing.mayAttach) return null;
  function ask(held: PointerEvent | null) {
    asked.value ??= { what: "voice", held };
  }
  return (
    <IconButton
      icon="mic"
      kind="holds"
      label={words.composer.record}
      title={words.composer.record}
      disabled={writing.isBegun}
      onPointerDown={(event) => event.pointerType !== "mouse" && ask(event)}
      onClick={() => ask(null)}
    />
  );
}
