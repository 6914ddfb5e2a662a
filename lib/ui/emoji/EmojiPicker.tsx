/**
 * Choosing an emoji: by words of English and Russian, by group, or among those used lately. With the
 * keyboard one stays in the search field: arrows move among the emoji, Enter takes. It must not know
 * what the emoji is for.
 */
import { useEffect, useId, useMemo, useState } from "preact/hooks";
import { mayAddEmoji } from "../../protocol/emoji_permissions.ts";
import { emojiPagePath } from "../custom_emoji/custom_emoji.ts";
import { useDialogView } from "../dialog_view.ts";
import { AnyIcon } from "../parts/AnyIcon.tsx";
import { EmojiSign } from "../parts/EmojiSign.tsx";
import { Icon } from "../parts/Icon.tsx";
import { type RowWindow, useRowWindow } from "../parts/row_window.ts";
import { isTouch } from "../parts/touch.ts";
import { cellId, EmojiGrid } from "./EmojiGrid.tsx";
import { EmojiSet } from "./emoji_set.ts";
import { type GroupKey, Groups } from "./Groups.tsx";
import { type Habits, noteUsed, readHabits } from "./habits.ts";
import { useEmoji, useEmojiLabel } from "./loading.ts";
import {
  type Cell,
  cellForKey,
  emojiAt,
  firstCell,
  type PickerRow,
  pickerRows,
  type ShownEmoji,
} from "./rows.ts";
import { Tones } from "./Tones.tsx";

export interface EmojiPickerProps {
  /** `more`: the reader held Shift, and wants to choose another. */
  onPick: (emoji: string, more: boolean) => void;
}

/** What failed to load is tried anew by a picker of its own. */
export function EmojiPicker({ onPick }: EmojiPickerProps) {
  const [attempt, setAttempt] = useState(0);
  return <Picker key={attempt} onPick={onPick} onAgain={() => setAttempt(attempt + 1)} />;
}

function Picker({ onPick, onAgain }: EmojiPickerProps & { onAgain: () => void }) {
  const { words, shelf, state } = useDialogView();
  const me = state.me.value.id;
  const id = useId();
  const [query, setQuery] = useState("");
  // As it was when the picker opened: what is chosen must not move the others away.
  const [habits, setHabits] = useState((): Habits => readHabits(shelf, me));
  const set = useEmoji(query);
  const rows = useMemo(
    () => set === null || set === "failed" ? [] : pickerRows(set, query, habits),
    [set, query, habits],
  );
  const window = useRowWindow(rows.length);
  const [cell, choose] = useChosen(rows, query, window);
  const chosen = emojiAt(rows, cell);

  function pick({ emoji }: ShownEmoji, more: boolean): void {
    noteUsed(shelf, me, emoji);
    onPick(emoji, more);
  }
  function move(key: string): boolean {
    const to = cellForKey(rows, cell, key, window.inSight());
    if (to === null) return false;
    window.show(to.row);
    choose(to);
    return true;
  }
  return (
    <div class="emoji-picker">
      <Search
        list={id}
        chosen={cell === null ? undefined : cellId(id, cell)}
        query={query}
        onQuery={setQuery}
        onTake={(more) => chosen !== null && pick(chosen, more)}
        onMove={move}
      />
      <Groups
        groups={headingsOf(rows).map(({ group }) => group)}
        current={groupInSight(rows, window)}
        onGroup={(group) => jumpTo(rows, group, window)}
      />
      <EmojiGrid id={id} rows={rows} window={window} chosen={cell} onPoint={choose} onPick={pick}>
        {set === null && <p class="panel-note">{words.common.loading}</p>}
        {set === "failed" && <Failed onAgain={onAgain} />}
        {set instanceof EmojiSet && rows.length === 0 && (
          <p class="panel-note">{words.emoji.nothing}</p>
        )}
      </EmojiGrid>
      <div class="emoji-foot">
        <Shown chosen={chosen} />
        <OwnLink />
        <Tones habits={habits} onHabits={setHabits} />
      </div>
      <Found query={set === null ? "" : query} rows={rows} />
    </div>
  );
}

interface SearchProps {
  /** The ids of the grid, and of what is chosen in it. */
  list: string;
  chosen: string | undefined;
  query: string;
  onQuery: (query: string) => void;
  onTake: (more: boolean) => void;
  /** False where the key moves nothing. */
  onMove: (key: string) => boolean;
}

function Search({ list, chosen, query, onQuery, onTake, onMove }: SearchProps) {
  const { words } = useDialogView();
  return (
    <div class="search">
      <AnyIcon name="search" />
      <input
        type="search"
        class="input"
        dir="auto"
        role="combobox"
        list={undefined}
        aria-label={words.emoji.search}
        placeholder={words.emoji.search}
        aria-autocomplete="list"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={chosen}
        autocomplete="off"
        maxlength={64}
        data-autofocus={isTouch() ? undefined : ""}
        value={query}
        onInput={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.isComposing) return;
          if (event.key === "Enter") onTake(event.shiftKey);
          else if (isForText(event) || !onMove(event.key)) return;
          event.preventDefault();
        }}
      />
    </div>
  );
}

/** Says how many there are to who does not see them. */
function Found({ query, rows }: { query: string; rows: readonly PickerRow[] }) {
  const { words } = useDialogView();
  return (
    <p class="hidden" role="status">
      {query.trim() === "" ? "" : words.emoji.found(countOf(rows))}
    </p>
  );
}

/** The page on which custom ones are added. */
function OwnLink() {
  const { words, state } = useDialogView();
  const { emojiMakers } = state.workspace.value;
  const isPlace = state.limits.value.fileSize > 0;
  if (!isPlace || mayAddEmoji(state.me.value, emojiMakers) !== "allowed") return null;
  return (
    <a
      class="icon-button emoji-own"
      href={emojiPagePath({ room: state.openRoom.value })}
      aria-label={words.emoji.addOwn}
      title={words.emoji.addOwn}
    >
      <Icon name="plus" />
    </a>
  );
}

/** What Enter takes, large enough to be recognised. */
function Shown({ chosen }: { chosen: ShownEmoji | null }) {
  const labelOf = useEmojiLabel();
  return (
    <p class="emoji-shown" aria-hidden="true">
      {chosen && (
        <>
          <span class="emoji">
            <EmojiSign sign={chosen.emoji} />
          </span>
          <span class="name">{labelOf(chosen.one)}</span>
        </>
      )}
    </p>
  );
}

function Failed({ onAgain }: { onAgain: () => void }) {
  const { words } = useDialogView();
  return (
    <div class="panel-note" role="alert">
      <p>{words.emoji.failed}</p>
      <button type="button" class="button" onClick={onAgain}>{words.emoji.again}</button>
    </div>
  );
}

/** The emoji that Enter takes: of a search the first, until another is chosen. */
function useChosen(
  rows: readonly PickerRow[],
  query: string,
  { scroller }: RowWindow,
): [Cell | null, (cell: Cell) => void] {
  const [cell, setCell] = useState<Cell | null>(null);
  const searched = query.trim() !== "";
  useEffect(() => {
    setCell(searched ? firstCell(rows) : null);
    if (scroller.current !== null) scroller.current.scrollTop = 0;
  }, [query, rows.length]);
  return [emojiAt(rows, cell) === null ? null : cell, setCell];
}

/** Left and right move the caret in what was typed, where there is something on that side. */
function isForText({ key, currentTarget: field, ...event }: KeyboardEvent & {
  currentTarget: HTMLInputElement;
}): boolean {
  if (event.altKey || event.ctrlKey || event.metaKey) return true;
  return key === "ArrowRight" && field.selectionEnd !== field.value.length;
}

function headingsOf(rows: readonly PickerRow[]): { group: GroupKey; row: number }[] {
  return rows.flatMap((row, index) =>
    row.kind === "heading" ? [{ group: row.group, row: index }] : []
  );
}

function groupInSight(rows: readonly PickerRow[], window: RowWindow): GroupKey | null {
  const first = Math.round((window.scroller.current?.scrollTop ?? 0) / window.rowHeight);
  return headingsOf(rows).findLast(({ row }) => row <= first)?.group ?? null;
}

function jumpTo(rows: readonly PickerRow[], group: GroupKey, window: RowWindow): void {
  const heading = headingsOf(rows).find((one) => one.group === group);
  const pane = window.scroller.current;
  if (heading !== undefined && pane !== null) pane.scrollTop = heading.row * window.rowHeight;
}

function countOf(rows: readonly PickerRow[]): number {
  return rows.reduce((sum, row) => sum + (row.kind === "emoji" ? row.shown.length : 0), 0);
}
