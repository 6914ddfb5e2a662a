/**
 * What a bus must do: carry notices to every node, including this one.
 *
 * Guarantee: at most once, unordered between nodes; what one node publishes arrives in its order. A
 * notice is a hint, never the truth: listeners fetch what they missed from the store. The bus does
 * not know what it carries.
 */
export interface Bus<Notice> {
  /**
   * Hands notices to every listener; this node's listeners are called before it returns. For the
   * other nodes it is fire and forget: it never throws, and what cannot be carried is dropped.
   */
  publish(notices: Notice[]): void;
  /** Adds a listener; the returned function removes it. */
  subscribe(listener: NoticeListener<Notice>): () => void;
  state(): BusState;
  /** How many publishes could not be carried to the others; nothing where there are none. */
  readonly dropped?: number;
  /**
   * Called each time the other nodes are heard again after they could not be: what was said
   * meanwhile is lost, so it is to be looked for in the store. The returned function removes it.
   */
  onReturn(listener: () => void): () => void;
  close(): Promise<void>;
}

/** `elsewhere`: another node published it. */
export type NoticeListener<Notice> = (notices: Notice[], from: "here" | "elsewhere") => void;

export interface BusState {
  kind: "memory" | "redis" | "notify";
  /** Whether notices can go to the other nodes and come from them now. */
  connected: boolean;
}
