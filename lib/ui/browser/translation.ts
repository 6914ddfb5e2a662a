/**
 * Keeps a page right while the browser translates it. Translators (Chromium's, and those of
 * extensions) put a `<font>` with their words in the place of each text node. Preact knows nothing
 * of it: it writes the next text into the node that is gone, and the old words stay for ever; or
 * it puts something before that node, which fails. So the node is put back, empty, before its
 * `<font>`: what is added before or behind it lands in the right place, with its removal the
 * translation goes, and when something is written into it, that is shown, to be translated anew.
 * It must not know who writes the page.
 */

interface Translated {
  font: Element;
  /** What the node said when it was translated. */
  text: string;
}

/** Watches what is below `root`; the answer ends it. */
export function followTranslation(root: Node): () => void {
  const translated = new WeakMap<Text, Translated>();
  const originals = new WeakMap<Node, Text>();
  const writing = new MutationObserver(onWritten);
  const tree = new MutationObserver((records) => {
    for (const record of records) {
      for (const node of record.removedNodes) onRemoved(node, record);
    }
    for (const record of records) {
      for (const node of record.addedNodes) keepTogether(node);
    }
  });
  tree.observe(root, { childList: true, subtree: true });
  return () => {
    tree.disconnect();
    writing.disconnect();
  };

  function onRemoved(node: Node, record: MutationRecord): void {
    const original = originals.get(node);
    if (original !== undefined) return onFontGone(node, original);
    if (!(node instanceof Text)) return;
    const known = translated.get(node);
    if (known === undefined) takePlace(node, record);
    else if (!node.isConnected) leave(node);
  }

  /** A text node was replaced by a `<font>` or wrapped in one, in one step or in two. */
  function takePlace(node: Text, record: MutationRecord): void {
    const parent = record.target;
    const font = [
      ...record.addedNodes,
      childOf(parent, node),
      record.previousSibling,
      record.nextSibling,
    ].find((one) => isFont(one) && one.parentNode === parent && !originals.has(one));
    if (!isFont(font)) return;
    // The translator shows its own copy; this node is Preact's.
    if (font.contains(node)) node.replaceWith(node.cloneNode());
    else if (node.isConnected) return;
    translated.set(node, { font, text: node.data });
    originals.set(font, node);
    // Translated once before, it is watched already: what is done here is not Preact's writing.
    onWritten(writing.takeRecords());
    node.data = "";
    writing.takeRecords();
    font.before(node);
    writing.observe(node, { characterData: true });
  }

  function onWritten(records: MutationRecord[]): void {
    for (const { target } of records) leave(target as Text); // only text nodes are watched
  }

  /** Somebody wrote into the node, or took it away: its translation is of yesterday. */
  function leave(node: Text): void {
    const known = translated.get(node);
    if (known === undefined) return;
    translated.delete(node);
    originals.delete(known.font);
    known.font.remove();
  }

  /** "Show the original": what was written before is shown again. */
  function onFontGone(font: Node, node: Text): void {
    if (font.isConnected) return;
    const { text } = translated.get(node)!; // both maps hold a pair or neither does
    translated.delete(node);
    originals.delete(font);
    if (node.isConnected && node.data === "") node.data = text;
  }

  /** What Preact puts between a node and its translation belongs behind both. */
  function keepTogether(node: Node): void {
    for (const one of [node, node.previousSibling]) {
      const known = one instanceof Text ? translated.get(one) : undefined;
      if (known?.font.isConnected && known.font.previousSibling !== one) {
        (one as Text).after(known.font); // only text nodes are known
      }
    }
  }
}

function isFont(node: Node | null | undefined): node is Element {
  return node?.nodeName === "FONT";
}

/** The child of `parent` in which the node now stands. */
function childOf(parent: Node, node: Node): Node | null {
  let at: Node | null = node;
  while (at !== null && at.parentNode !== parent) at = at.parentNode;
  return at;
}
