/** The composer, as what goes along with its text knows it. Types alone. */
import type { Signal } from "@preact/signals";
import type { DraftKey } from "../../client/draft.ts";
import type { Attachment } from "../../client/uploads_model.ts";
import type { Fault } from "../view.ts";

export interface Host {
  /** Whose files they are. */
  readonly home: DraftKey;
  readonly room: number;
  /** Null: it writes in the room itself. */
  readonly thread: { readonly id: number } | null;
  /** An edit, for one, takes no files. */
  readonly mayAttach: boolean;
  readonly attachments: readonly Attachment[];
  /** What could not be done, said below the text. */
  readonly error: Signal<Fault | null>;
  /** Sends the text with what goes along. */
  submit(): Promise<void>;
}
