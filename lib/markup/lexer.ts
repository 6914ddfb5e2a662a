/**
 * CommonMark and GFM, cut into tokens by `marked`, with what is different in a chat: web addresses
 * are found by our own rule, and neither they nor names are ever cut by emphasis. It makes no HTML.
 */
import {
  Lexer,
  type MarkedOptions,
  type MarkedToken,
  type Token,
  Tokenizer,
  type TokenizerExtensionFunction,
  type Tokens,
} from "marked";
import { addressAtStart, findAddresses } from "../protocol/addresses.ts";
import { mentionCandidates } from "../protocol/mentions.ts";

export type { MarkedToken, Token, Tokens };

/**
 * Null where the text is too intricate to be shown with its markup within a moment: nobody writes
 * so by hand.
 */
export function lex(text: string): Token[] | null {
  if (isTooIntricate(text)) return null;
  try {
    return new Lexer(optionsFor(text.includes("://"))).lex(text);
  } catch {
    // Too deep for the lexer, which calls itself for every level, or looked through too often.
    return null;
  }
}

/** Marks at the start of a line that nest: quotes, items. */
const MOST_LEVELS = 12;
/** Characters that the lexer looks for a partner of; a page of prose has a tenth. */
const MOST_MARKS = 1_000;
const MOST_ADDRESSES = 100;
/** Lines outside of code: each may go on with a list that began at the first. */
const MOST_LINES = 500;
/** For each emphasis that begins, the lexer looks through its paragraph: so many characters in all. */
const MOST_LOOKED_THROUGH = 700_000;
/** And so many where it found no end, which costs the most: some 30 ns each. */
const MOST_IN_VAIN = 150_000;

const NESTED = new RegExp(
  `^(?:[ \\t]*(?:>|[-+*][ \\t]|\\d{1,9}[.)][ \\t])){${MOST_LEVELS + 1}}`,
  "m",
);
const SPACES = /[^\S\n]{200}/;
const FENCE = new RegExp(
  ["`{3,})(?!`)[^`\\n]*", "~{3,})(?!~).*"].map((opening, at) =>
    `^ {0,3}(${opening}\\n[^]*?(?:^ {0,3}\\${at + 1}[\`~]*[ \\t]*$|$(?![^]))`
  ).join("|"),
  "gm",
);
const MARK = /[*_~`[\]<!&\\>]/g;
const EMPHASIS = /(?<![\p{L}\p{N}_])_+(?=\S)|(?:\*+|~+)(?=\S)/gu;

function isTooIntricate(text: string): boolean {
  if (NESTED.test(text) || SPACES.test(text)) return true;
  const prose = text.replace(FENCE, "");
  if (count(prose, MARK) > MOST_MARKS || count(prose, /\n/g) > MOST_LINES) return true;
  if (count(prose, /:\/\//g) > MOST_ADDRESSES) return true;
  let through = 0;
  for (const paragraph of prose.split(/\n[ \t]*\n/)) {
    through += paragraph.length * count(paragraph, EMPHASIS);
  }
  return through > MOST_LOOKED_THROUGH;
}

function count(text: string, mark: RegExp): number {
  return text.match(mark)?.length ?? 0;
}

/** Each text has options of its own: the lexer writes into them. */
function optionsFor(withAddresses: boolean): MarkedOptions {
  return {
    gfm: true,
    breaks: true,
    tokenizer: new ChatTokenizer(),
    extensions: {
      renderers: {},
      childTokens: {},
      inline: withAddresses ? [address, nameWithMarks] : [nameWithMarks],
    },
    // The cast: of the hooks that the lexer knows it calls this one alone.
    hooks: withAddresses ? { emStrongMask } as MarkedOptions["hooks"] : null,
  };
}

class ChatTokenizer extends Tokenizer {
  #inVain = 0;

  override emStrong(source: string, masked: string, before?: string) {
    const found = super.emStrong(source, masked, before);
    if (found === undefined && mayBegin(source, before)) {
      this.#inVain += source.length;
      if (this.#inVain > MOST_IN_VAIN) throw new Error("Too many marks have no partner.");
    }
    return found;
  }

  /** Bare addresses are found by our own rule: `address`. */
  override url(): undefined {}

  /** Up to what may mean something. The lexer's own rule also looks for mail and messengers. */
  override inlineText(source: string): Tokens.Text | undefined {
    const [raw] = TEXT.exec(source) ?? [];
    return raw === undefined ? undefined : { type: "text", raw, text: raw, escaped: false };
  }
}

/** Whether the lexer looks for the end of an emphasis here. */
function mayBegin(source: string, before = ""): boolean {
  if (!/^(?:\*+|_+)\S/.test(source)) return false;
  return !source.startsWith("_") || !/[\p{L}\p{N}]$/u.test(before);
}

const TEXT =
  /^(?:`+|~+|[^`~])(?:[^\\<![`*~_\n hH@\uff20\ufe6b]|[hH](?![tT][tT][pP][sS]?:\/\/)| (?! *\n))*/;

/** The lexer as its extensions see it. */
interface Place {
  lexer: { state: { inLink: boolean } };
}

const address: TokenizerExtensionFunction = function (this: Place, source, tokens) {
  if (this.lexer.state.inLink || !SCHEME.test(source)) return undefined;
  if (WORD_BEFORE.test((tokens.at(-1)?.raw ?? "").slice(-2))) return undefined;
  const raw = addressAtStart(source);
  return raw === null ? undefined : { type: "address", raw };
} as TokenizerExtensionFunction; // `this` is narrower than the lexer's own type says

const SCHEME = /^https?:\/\//i;
const WORD_BEFORE = /[\p{Script=Latin}\p{N}_]$/u;
/** `@_bob_` and `@a_b_c` are names, whatever an underscore means elsewhere. */
const nameWithMarks: TokenizerExtensionFunction = (source, tokens) => {
  if (!/^[@\uff20\ufe6b][\p{L}\p{M}\p{N}.-]*_/u.test(source)) return undefined;
  const before = (tokens.at(-1)?.raw ?? "").slice(-32);
  const [name] = mentionCandidates(before + source.slice(0, 160));
  if (name?.index !== before.length) return undefined;
  return { type: "text", raw: source.slice(0, 1 + name.name.length) };
};

/** What the search for the other end of an emphasis sees: no marks within addresses. */
function emStrongMask(source: string): string {
  let masked = "";
  let from = 0;
  for (const { start, end } of findAddresses(source)) {
    masked += source.slice(from, start) + "a".repeat(end - start);
    from = end;
  }
  return masked + source.slice(from);
}
