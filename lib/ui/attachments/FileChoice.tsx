/**
 * Where files are chosen from: the browser's own dialog, and on a phone its camera and its pictures,
 * which a menu asks for. It must not know what becomes of them.
 */
import type { Signal } from "@preact/signals";
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { AskedToAttach } from "./asked.ts";
import type { Host } from "./host.ts";
import { useDialogView } from "../dialog_view.ts";
import { MenuPanel } from "../parts/MenuPanel.tsx";
import { isTouch } from "../parts/touch.ts";
import { type Take, useTaking } from "./taking.ts";

export interface FileChoiceProps {
  host: Host;
  /** Where one goes on writing. */
  input: RefObject<HTMLTextAreaElement | null>;
  asked: Signal<AskedToAttach | null>;
}

export function FileChoice({ host, input, asked }: FileChoiceProps) {
  const { words } = useDialogView();
  const take = useTaking(host);
  const takeChosen: Take = (files) => {
    take(files);
    // The focus would be left on the button that opens it all again; a phone's keyboard would cover them.
    if (!isTouch()) input.current?.focus();
  };
  const any = useRef<HTMLInputElement>(null);
  const picture = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const from = asked.value?.what === "files" ? asked.value.from : null;
  const say = words.attachments.choose;
  function close() {
    asked.value = null;
  }
  useLayoutEffect(() => {
    if (from === null || isTouch()) return;
    close();
    any.current?.click();
  }, [from]);
  return (
    <>
      <FileInput
        label={say.file}
        take={takeChosen}
        shown={(input) => void (any.current = input)}
      />
      <FileInput
        label={say.picture}
        take={takeChosen}
        accept="image/*,video/*"
        shown={(input) => void (picture.current = input)}
      />
      <FileInput
        label={say.camera}
        take={takeChosen}
        accept="image/*"
        capture="environment"
        shown={(input) => void (camera.current = input)}
      />
      {from !== null && isTouch() && (
        <SourceMenu
          from={from}
          choose={{ picture, camera, any }}
          leave={close}
        />
      )}
    </>
  );
}

interface SourceMenuProps {
  /** The button that asked. */
  from: HTMLButtonElement;
  choose: Record<"picture" | "camera" | "any", RefObject<HTMLInputElement | null>>;
  leave: () => void;
}

function SourceMenu({ from, choose: { picture, camera, any }, leave }: SourceMenuProps) {
  const { words } = useDialogView();
  const say = words.attachments.choose;
  return (
    <MenuPanel
      label={words.composer.attach}
      groups={[{
        items: [
          { label: say.picture, icon: "picture", run: () => picture.current?.click() },
          { label: say.camera, icon: "camera", run: () => camera.current?.click() },
          { label: say.file, icon: "file", run: () => any.current?.click() },
        ],
      }]}
      button={{ current: from }}
      close={() => {
        leave();
        from.focus();
      }}
      leave={leave}
    />
  );
}

interface FileInputProps {
  label: string;
  take: Take;
  accept?: string;
  /** The phone takes a picture instead of choosing one. */
  capture?: "environment";
  shown: (input: HTMLInputElement | null) => void;
}

/** Never seen: it opens the browser's dialog. */
function FileInput({ label, take, accept, capture, shown }: FileInputProps) {
  return (
    <input
      ref={shown}
      type="file"
      hidden
      aria-label={label}
      accept={accept}
      capture={capture}
      multiple={capture === undefined}
      onChange={({ currentTarget: input }) => {
        const files = [...input.files ?? []];
        // The same one can be chosen again.
        input.value = "";
        take(files);
      }}
    />
  );
}
