/** A table, which scrolls in itself where it is wider than its message. */
import type { VNode } from "preact";
import type { Block, Inline } from "../../markup/nodes.ts";
import { dialogWords } from "../catalogue/dialogs.ts";
import { useView } from "../view.ts";
import { useTabIndex } from "./tab_index.ts";

export interface TableProps {
  table: Block & { type: "table" };
  line: (pieces: readonly Inline[]) => VNode;
}

export function Table({ table: { align, head, rows }, line }: TableProps) {
  const { language } = useView();
  const tabIndex = useTabIndex();
  const looks = (at: number) => align[at] ?? undefined;
  return (
    <div
      class="table"
      role="group"
      aria-label={dialogWords(language).text.table}
      tabIndex={tabIndex}
    >
      <table dir="auto">
        <thead>
          <tr>
            {head.map((cell, at) => <th key={at} class={looks(at)} scope="col">{line(cell)}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, at) => <td key={at} class={looks(at)}>{line(cell)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
