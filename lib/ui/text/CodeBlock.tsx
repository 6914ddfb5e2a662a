/**
 * A block of code: its language, a button that copies it, its colours as soon as they are there.
 */
import { useEffect, useState } from "preact/hooks";
import { dialogWords } from "../catalogue/dialogs.ts";
import { copyAndSay } from "../parts/copying.ts";
import { whenIdle } from "../parts/idle.ts";
import { UNTRANSLATED } from "../parts/untranslated.ts";
import { useView } from "../view.ts";
import type { Coloured } from "./coloured.ts";
import { languageNamed } from "./languages.ts";
import { useTabIndex } from "./tab_index.ts";

export interface CodeBlockProps {
  /** As it was written behind the fence; may be empty. */
  language: string;
  text: string;
}

export function CodeBlock({ language, text }: CodeBlockProps) {
  const view = useView();
  const words = dialogWords(view.language).text;
  const tabIndex = useTabIndex();
  const coloured = useColours(language, text);
  return (
    <div class="code" dir="ltr">
      <div class={language === "" ? "code-head bare" : "code-head"}>
        <span {...UNTRANSLATED}>{languageNamed(language).label}</span>
        <button
          type="button"
          class="link-button"
          tabIndex={tabIndex}
          onClick={() => void copyAndSay(view, text, words.codeCopied)}
        >
          {words.copyCode}
        </button>
      </div>
      <pre
        tabIndex={tabIndex}
        {...UNTRANSLATED}
      ><code>{coloured === null ? text : <Colours pieces={coloured} />}</code></pre>
    </div>
  );
}

function Colours({ pieces }: { pieces: readonly Coloured[] }) {
  return (
    <>
      {pieces.map((piece, at) =>
        typeof piece === "string" ? piece : (
          <span key={at} class={piece.kind}>
            <Colours pieces={piece.children} />
          </span>
        )
      )}
    </>
  );
}

/** Null until they are there, and where there are none. What knows languages is loaded for it. */
function useColours(language: string, text: string): Coloured[] | null {
  const [colours, setColours] = useState<Coloured[] | null>(null);
  useEffect(() => {
    setColours(null);
    const { grammar } = languageNamed(language);
    if (grammar === null) return;
    let isHere = true;
    const stop = whenIdle(() => {
      import("./highlight.ts").then(({ highlight }) => {
        if (isHere) setColours(highlight(grammar, text));
      }, () => {}); // without a connection it stays as it is
    });
    return () => {
      isHere = false;
      stop();
    };
  }, [language, text]);
  return colours;
}
