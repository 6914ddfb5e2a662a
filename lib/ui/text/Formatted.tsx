/**
 * A text with markup as elements: one function for the server's page and the browser. Nothing of
 * it is ever HTML; what cannot be shown so is shown as the text that it is.
 */
import { useMemo } from "preact/hooks";
import type { ComponentChildren } from "preact";
import type { Block, Inline, Item } from "../../markup/nodes.ts";
import { parseMarkup } from "../../markup/parse.ts";
import { useView } from "../view.ts";
import { CodeBlock } from "./CodeBlock.tsx";
import { NAMELESS, TextLine } from "./TextLine.tsx";
import type { MessageTextProps } from "./message_text.ts";
import { type Mentioned, mentionIndex } from "./pieces.ts";
import { Pieces } from "./Pieces.tsx";
import { Table } from "./Table.tsx";
import { TaskBox } from "./TaskBox.tsx";
import { tokenize } from "./with_code.ts";

export function Formatted({ text, mentions, group }: MessageTextProps) {
  const users = useView().state.users.value;
  const blocks = useMemo(() => parseMarkup(text), [text]);
  const mentioned = namesTooMany(text)
    ? NAMELESS
    : mentionIndex(mentions, (id) => users.get(id)?.username, group);
  if (blocks === null) return <Pieces pieces={tokenize(text, mentioned)} />;
  return <>{blocksOf(blocks, mentioned)}</>;
}

/**
 * Names in one text, of people and rooms; nobody writes half as many. Each is an element with what
 * it does, and fifty messages of 1,600 names would hold up the page for seconds.
 */
const MOST_NAMES = 200;

function namesTooMany(text: string): boolean {
  return (text.match(/[@\uff20\ufe6b#]/g)?.length ?? 0) > MOST_NAMES;
}

function blocksOf(blocks: readonly Block[], mentioned: Mentioned): ComponentChildren[] {
  return blocks.map((block, at) => blockOf(block, at, mentioned));
}

function blockOf(block: Block, key: number, mentioned: Mentioned): ComponentChildren {
  const line = (pieces: readonly Inline[]) => <TextLine pieces={pieces} mentioned={mentioned} />;
  switch (block.type) {
    case "paragraph":
      return <p key={key}>{line(block.children)}</p>;
    case "line":
      return <TextLine key={key} pieces={block.children} mentioned={mentioned} />;
    case "heading":
      return <h3 key={key} class={block.level > 2 ? "small" : undefined}>{line(block.children)}
      </h3>;
    case "quote":
      return <blockquote key={key} dir="auto">{blocksOf(block.children, mentioned)}</blockquote>;
    case "code":
      return <CodeBlock key={key} language={block.language} text={block.text} />;
    case "rule":
      return <hr key={key} />;
    case "table":
      return <Table key={key} table={block} line={line} />;
    case "list":
      return <List key={key} list={block} mentioned={mentioned} />;
  }
}

function List({ list, mentioned }: { list: Block & { type: "list" }; mentioned: Mentioned }) {
  const items = list.items.map((item, at) => (
    <li key={at} class={item.checked === null ? undefined : "task"}>
      {item.checked !== null && <TaskBox done={item.checked} />}
      <Entry item={item} mentioned={mentioned} />
    </li>
  ));
  const looks = list.loose ? "loose" : undefined;
  return list.start === null
    ? <ul dir="auto" class={looks}>{items}</ul>
    : <ol dir="auto" class={looks} start={list.start}>{items}</ol>;
}

/** What a task says stands beside its box, whatever it consists of. */
function Entry({ item, mentioned }: { item: Item; mentioned: Mentioned }) {
  const content = blocksOf(item.children, mentioned);
  return item.checked === null ? <>{content}</> : <div>{content}</div>;
}
