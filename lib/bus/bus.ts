/**
 * What a bus must do: carry notices to every node, including this one.
 *
 * Guarantee: at most once, unordered between nodes. A notice is a hint, never the truth: listeners
 * fetch what they missed from the store. The bus does not know what it carries.
 */
export interface Bus<Notice> {
  /** Hands notices to every listener; this node's listeners are called before it returns. */
  publish(notices: Notice[]): void;
  /** Adds a listener; the returned function removes it. */
  subscribe(listener: (notices: Notice[]) => void): () => void;
  close(): Promise<void>;
}
