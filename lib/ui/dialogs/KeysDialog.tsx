/** The keys that do something, and what can be written, each with how it looks when it is sent. */
import { FORMATS, isAppleKeyboard, keysText } from "../composer/formats.ts";
import { useDialogView } from "../dialog_view.ts";
import { Dialog } from "../parts/Dialog.tsx";
import { UNTRANSLATED } from "../parts/untranslated.ts";

export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { words } = useDialogView();
  const isApple = isAppleKeyboard();
  const keys = (key: string, shift = false) => keysText({ key, shift }, isApple);
  const { help, ...tools } = words.tools;
  const writing: [string, string][] = [
    ["Enter", help.send],
    ["Shift+Enter", help.line],
    [keys("Enter"), help.sendList],
    ["↑", help.editLast],
    ["Tab", help.deeper],
    ["Shift+Tab", help.back],
    ["Esc", help.cancel],
    ["Alt+F10", help.toBar],
    [keys("V", true), help.pasteText],
    [keys("/"), help.keys],
  ];
  const { text } = help;
  const signs: [string, string][] = [
    [`**${text}**`, tools.bold],
    [`_${text}_`, tools.italic],
    [`~~${text}~~`, tools.strike],
    [`[${text}](https://…)`, tools.link],
    [`\`${text}\``, tools.code],
    ["```", help.untilNext],
    [`> ${text}`, tools.quote],
    [`- ${text}`, tools.bullets],
    [`1. ${text}`, tools.numbers],
    [`- [ ] ${text}`, help.task],
    [`# ${text}`, help.heading],
    help.mention,
    help.room,
    help.emoji,
  ];
  return (
    <Dialog title={tools.keys} onClose={onClose}>
      <div class="keys-help">
        <Rows title={help.signs} rows={signs} isCode />
        <Rows title={help.writing} rows={writing} />
        <Rows
          title={tools.bar}
          rows={FORMATS.map((format) => [keysText(format, isApple), tools[format.name]])}
        />
        <Rows title={help.messages} rows={[["↑ ↓", help.toMessage], ["Home End", help.ends]]} />
      </div>
    </Dialog>
  );
}

interface RowsProps {
  title: string;
  rows: readonly (readonly [keys: string, what: string])[];
  isCode?: boolean;
}

function Rows({ title, rows, isCode = false }: RowsProps) {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {rows.map(([keys, what]) => (
          <div key={keys}>
            <dt dir="ltr" {...UNTRANSLATED}>{isCode ? <code>{keys}</code> : <kbd>{keys}</kbd>}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
