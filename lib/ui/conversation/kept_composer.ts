/**
 * The room's composer, as the server renders it: once for all rooms of a title. The browser's build
 * puts `composer_in_browser.ts` in place of this file.
 */
import { type ComponentChildren, h } from "preact";
import { useContext } from "preact/hooks";
import { LIMITS } from "../../protocol/limits.ts";
import type { Language } from "../../protocol/accounts.ts";
import { KeptContext, marked } from "../kept/kept.ts";
import {
  NO_CHAT,
  NO_READER,
  readerOf,
  stillRoom,
  stillState,
  stillView,
} from "../kept/still_view.ts";
import { titleOf, useView, ViewContext } from "../view.ts";
import { Composer, type ComposerProps } from "./Composer.tsx";

/** All that decides it, where nothing has been written. */
interface ComposerInputs {
  language: Language;
  title: string;
  /** Bytes of a file that may be attached; 0: none may. */
  fileSize: number;
}

export function RoomComposer({ room }: Pick<ComposerProps, "room">): ComponentChildren {
  const view = useView();
  const kept = useContext(KeptContext);
  const { drafts, attachments, limits } = view.state;
  if (kept === null || drafts.value.size + attachments.value.size > 0) return h(Composer, { room });
  const inputs: ComposerInputs = {
    language: view.language,
    title: titleOf(view, room),
    fileSize: limits.value.fileSize,
  };
  const { language, title, fileSize, ...none } = inputs;
  none satisfies Record<string, never>;
  return marked([
    kept.mark(`composer ${language} ${fileSize} ${title}`, () => composerFrom(inputs)),
  ]);
}

function composerFrom({ language, title, fileSize }: ComposerInputs): ComponentChildren {
  // A public room is called by its name.
  const room = { ...stillRoom({ id: 0, kind: "public", archived: false }), name: title };
  const state = stillState({
    ...NO_CHAT,
    me: readerOf(NO_READER),
    rooms: new Map([[room.id, room]]),
    users: new Map(),
    emoji: new Map(),
    limits: { ...LIMITS, fileSize },
  });
  const value = stillView(state, language);
  return h(ViewContext.Provider, { value }, h(Composer, { room }));
}
