/**
 * What a bus must do: carry what happened to every node, this one among them.
 *
 * Guarantee: at most once, unordered between nodes. It is a hint, never the truth: whoever
 * listens heals what is missing from the store. It knows nothing of what it carries.
 */
export interface Bus<Notice> {
  /** Hands notices to every listener; those of this node are called before it returns. */
  publish(notices: Notice[]): void;
  /** Adds a listener; the function that comes back takes it away. */
  subscribe(listener: (notices: Notice[]) => void): () => void;
  close(): Promise<void>;
}
