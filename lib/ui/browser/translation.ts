/**
 * Keeps a page working while the browser translates it. Translators (Chromium's, and those of
 * extensions) replace each text node with a `<font>` that holds their words. Preact does not
 * notice. It writes the next text into the removed node, and the old words stay on screen; or it
 * inserts something before that node, which fails. So we put the node back, empty, in front of its
 * `<font>`. Whatever is added before or after it lands in the right place, removing it removes the
 * translation too, and text written into it is shown and translated again. It must not know who
 * writes the page.
 */

interface Translated {
  font: Element;
  /** What the node said when it was translated. */
  text: string;
}

/** Watches everything below `root`. Call the returned function to stop. */
export function followTranslation(root: Node): () => void {
  const translation = new Translation();
  translation.watch(root);
  return () => translation.stop();
}

class Translation {
  readonly #translated = new WeakMap<Text, Translated>();
  readonly #originals = new WeakMap<Node, Text>();
  readonly #writing = new MutationObserver((records) => this.#onWritten(records));
  readonly #tree = new MutationObserver((records) => this.#onChanged(records));

  watch(root: Node): void {
    this.#tree.observe(root, { childList: true, subtree: true });
  }

  stop(): void {
    this.#tree.disconnect();
    this.#writing.disconnect();
  }

  #onChanged(records: MutationRecord[]): void {
    for (const record of records) {
      for (const node of record.removedNodes) this.#onRemoved(node, record);
    }
    for (const record of records) {
      for (const node of record.addedNodes) this.#keepTogether(node);
    }
  }

  #onRemoved(node: Node, record: MutationRecord): void {
    const original = this.#originals.get(node);
    if (original !== undefined) return this.#onFontGone(node, original);
    if (!(node instanceof Text)) return;
    const known = this.#translated.get(node);
    if (known === undefined) this.#takePlace(node, record);
    else if (!node.isConnected) this.#leave(node);
  }

  /** A text node was replaced by a `<font>` or wrapped in one, in one step or in two. */
  #takePlace(node: Text, record: MutationRecord): void {
    const parent = record.target;
    const font = [
      ...record.addedNodes,
      childOf(parent, node),
      record.previousSibling,
      record.nextSibling,
    ].find((one) => isFont(one) && one.parentNode === parent && !this.#originals.has(one));
    if (!isFont(font)) return;
    // The translator shows its own copy; this node is Preact's.
    if (font.contains(node)) node.replaceWith(node.cloneNode());
    else if (node.isConnected) return;
    this.#translated.set(node, { font, text: node.data });
    this.#originals.set(font, node);
    // Already translated once, so already watched: what we do here is not one of Preact's writes.
    this.#onWritten(this.#writing.takeRecords());
    node.data = "";
    this.#writing.takeRecords();
    font.before(node);
    this.#writing.observe(node, { characterData: true });
  }

  #onWritten(records: MutationRecord[]): void {
    for (const { target } of records) this.#leave(target as Text); // only text nodes are watched
  }

  /** The node was rewritten or removed, so its translation is out of date. */
  #leave(node: Text): void {
    const known = this.#translated.get(node);
    if (known === undefined) return;
    this.#translated.delete(node);
    this.#originals.delete(known.font);
    known.font.remove();
  }

  /** "Show the original": the earlier text is shown again. */
  #onFontGone(font: Node, node: Text): void {
    if (font.isConnected) return;
    const { text } = this.#translated.get(node)!; // both maps hold a pair or neither does
    this.#translated.delete(node);
    this.#originals.delete(font);
    if (node.isConnected && node.data === "") node.data = text;
  }

  /** What Preact inserts between a node and its translation belongs after both. */
  #keepTogether(node: Node): void {
    for (const one of [node, node.previousSibling]) {
      const known = one instanceof Text ? this.#translated.get(one) : undefined;
      if (known?.font.isConnected && known.font.previousSibling !== one) {
        (one as Text).after(known.font); // only text nodes are known
      }
    }
  }
}

function isFont(node: Node | null | undefined): node is Element {
  return node?.nodeName === "FONT";
}

/** The child of `parent` that now contains the node. */
function childOf(parent: Node, node: Node): Node | null {
  let at: Node | null = node;
  while (at !== null && at.parentNode !== parent) at = at.parentNode;
  return at;
}
