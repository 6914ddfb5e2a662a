/** The colours of code: which pieces of it are what, as classes. Loaded with the first such code. */
import { createLowlight } from "lowlight";
import bash from "highlight.js/lib/languages/bash";
import c from "highlight.js/lib/languages/c";
import cpp from "highlight.js/lib/languages/cpp";
import csharp from "highlight.js/lib/languages/csharp";
import css from "highlight.js/lib/languages/css";
import diff from "highlight.js/lib/languages/diff";
import dockerfile from "highlight.js/lib/languages/dockerfile";
import go from "highlight.js/lib/languages/go";
import ini from "highlight.js/lib/languages/ini";
import java from "highlight.js/lib/languages/java";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import kotlin from "highlight.js/lib/languages/kotlin";
import lua from "highlight.js/lib/languages/lua";
import markdown from "highlight.js/lib/languages/markdown";
import php from "highlight.js/lib/languages/php";
import python from "highlight.js/lib/languages/python";
import ruby from "highlight.js/lib/languages/ruby";
import rust from "highlight.js/lib/languages/rust";
import sql from "highlight.js/lib/languages/sql";
import swift from "highlight.js/lib/languages/swift";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";
import { atFirstUse } from "../../protocol/first_use.ts";
import type { Coloured } from "./coloured.ts";
import type { Grammar } from "./languages.ts";

const GRAMMARS = {
  bash,
  c,
  cpp,
  csharp,
  css,
  diff,
  dockerfile,
  go,
  ini,
  java,
  javascript,
  json,
  kotlin,
  lua,
  markdown,
  php,
  python,
  ruby,
  rust,
  sql,
  swift,
  typescript,
  xml,
  yaml,
} satisfies Record<Grammar, unknown>;

/** Units of code: what takes longer than a frame on a phone stays without colours. */
const LONGEST = 8_000;
/** Each is an element. */
const MOST_PIECES = 2_500;

const colours = atFirstUse(() => createLowlight(GRAMMARS));

/** Null where the code is too long to be coloured. */
export function highlight(grammar: Grammar, text: string): Coloured[] | null {
  if (text.length > LONGEST) return null;
  let pieces = 0;
  const piecesOf = (nodes: readonly unknown[]): Coloured[] =>
    nodes.map((node) => {
      pieces++;
      // The tree is the library's: text, or an element with classes.
      const { value, properties, children } = node as {
        value?: string;
        properties?: { className?: string[] };
        children?: unknown[];
      };
      if (value !== undefined) return value;
      const kind = (properties?.className ?? []).join(" ");
      return { kind, children: piecesOf(children ?? []) };
    });
  const coloured = piecesOf(colours().highlight(grammar, text).children);
  return pieces > MOST_PIECES ? null : coloured;
}
