/**
 * What lies under the list of members where that fills the window, as on a phone: out of reach for
 * the Tab key as it is out of sight.
 */

/** Makes what is beside the panel unreachable while the panel covers it. */
export function coverBeside(panel: HTMLElement): () => void {
  const fit = () => {
    const { left, right } = panel.getBoundingClientRect();
    const covers = getComputedStyle(panel).position === "fixed" && left <= 0 && right >= innerWidth;
    for (const one of panel.parentElement!.children) {
      if (one instanceof HTMLElement && one !== panel) one.inert = covers;
    }
  };
  fit();
  addEventListener("resize", fit);
  return () => {
    removeEventListener("resize", fit);
    uncover(panel);
  };
}

/** Before the panel goes: what was under it can have the focus again. */
export function uncover(panel: Element): void {
  for (const one of panel.parentElement?.children ?? []) {
    if (one instanceof HTMLElement) one.inert = false;
  }
}
