/** The nodes of a text as the HTML in which specifications write their examples. For tests only. */
import type { Block, Inline } from "../../lib/markup/nodes.ts";

export function toHtml(blocks: readonly Block[]): string {
  return blocks.map(blockHtml).join("\n");
}

function blockHtml(block: Block): string {
  switch (block.type) {
    case "paragraph":
      return `<p>${inlineHtml(block.children)}</p>`;
    case "line":
      return inlineHtml(block.children);
    case "heading":
      return `<h${block.level}>${inlineHtml(block.children)}</h${block.level}>`;
    case "quote":
      return `<blockquote>\n${toHtml(block.children)}\n</blockquote>`;
    case "list":
      return listHtml(block);
    case "code":
      return codeHtml(block);
    case "table":
      return tableHtml(block);
    case "rule":
      return "<hr />";
  }
}

function listHtml({ start, items }: Block & { type: "list" }): string {
  const tag = start === null ? "ul" : "ol";
  const first = start === null || start === 1 ? "" : ` start="${start}"`;
  const inner = items.map(({ checked, children }) => {
    const box = checked === null
      ? ""
      : `<input ${checked ? 'checked="" ' : ""}disabled="" type="checkbox"> `;
    return `<li>${box}${toHtml(children)}</li>`;
  });
  return `<${tag}${first}>\n${inner.join("\n")}\n</${tag}>`;
}

function codeHtml({ language, text }: Block & { type: "code" }): string {
  const name = language === "" ? "" : ` class="language-${escaped(language)}"`;
  return `<pre><code${name}>${text === "" ? "" : `${escaped(text)}\n`}</code></pre>`;
}

function tableHtml({ align, head, rows }: Block & { type: "table" }): string {
  const row = (cells: Inline[][], tag: string) =>
    `<tr>${
      cells.map((cell, at) =>
        `<${tag}${align[at] ? ` align="${align[at]}"` : ""}>${inlineHtml(cell)}</${tag}>`
      ).join("")
    }</tr>`;
  const body = rows.length === 0
    ? ""
    : `<tbody>${rows.map((one) => row(one, "td")).join("")}</tbody>`;
  return `<table><thead>${row(head, "th")}</thead>${body}</table>`;
}

function inlineHtml(pieces: readonly Inline[]): string {
  return pieces.map((piece) => {
    switch (piece.type) {
      case "text":
      case "escaped":
        return escaped(piece.text);
      case "address":
        return `<a href="${hrefOf(piece.text)}">${escaped(piece.text)}</a>`;
      case "code":
        return `<code>${escaped(piece.text)}</code>`;
      case "break":
        return "<br />";
      case "link":
        return `<a href="${hrefOf(piece.href)}">${inlineHtml(piece.children)}</a>`;
      default:
        return `<${piece.type}>${inlineHtml(piece.children)}</${piece.type}>`;
    }
  }).join("");
}

function hrefOf(address: string): string {
  return escaped(encodeURI(address).replaceAll("%25", "%"));
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
