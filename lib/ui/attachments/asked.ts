/** What was asked of the part of the composer that comes at rest. Types alone. */

export type AskedToAttach =
  /** `from`: the button that was pressed. */
  | { what: "files"; from: HTMLButtonElement }
  /** `held`: a finger holds the button, from this event on. */
  | { what: "voice"; held: PointerEvent | null };
