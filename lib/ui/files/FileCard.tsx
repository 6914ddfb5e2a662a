/**
 * A file as a card: what kind it is, its name, its size. It is fetched with a click; what can be
 * shown opens above the chat, and has a button of its own to fetch it.
 */
import type { ComponentChildren } from "preact";
import type { File } from "../../protocol/files.ts";
import { dialogWords } from "../catalogue/dialogs.ts";
import { formatSize } from "../catalogue/sizes.ts";
import { AnyIcon } from "../parts/AnyIcon.tsx";
import { formatDuration } from "../parts/duration.ts";
import { Icon } from "../parts/Icon.tsx";
import { Name } from "../parts/Name.tsx";
import { useTabIndex } from "../text/tab_index.ts";
import { useView } from "../view.ts";
import { extensionOf, shownAs } from "./kinds.ts";
import type { FileProps } from "./file_props.ts";
import { useOpener } from "./opening.ts";

export interface FileCardProps extends FileProps {
  /** What else is to be said of it. */
  note?: string | undefined;
  /** Below the name. */
  children?: ComponentChildren;
}

export function FileCard({ file, message, note, children }: FileCardProps) {
  const { language } = useView();
  const words = dialogWords(language);
  const tabIndex = useTabIndex();
  const open = useOpener(file, message);
  const shown = shownAs(file);
  const canOpen = shown === "pdf" || shown === "text";
  return (
    <div class="file">
      <a
        class={canOpen ? "file-main opens" : "file-main"}
        href={file.url}
        {...canOpen ? { target: "_blank", rel: "noopener" } : { download: file.name }}
        tabIndex={tabIndex}
        title={file.alt || undefined}
        onClick={canOpen ? open : undefined}
      >
        <Kind file={file} />
        <span class="file-about">
          <Name class="file-name">{file.name}</Name>
          <span class="file-size">
            {file.duration !== null && `${formatDuration(file.duration)} · `}
            {formatSize(file.size, language)}
            {note && ` · ${note}`}
          </span>
        </span>
      </a>
      {canOpen && (
        <a
          class="icon-button"
          href={file.url}
          download={file.name}
          aria-label={words.files.download(file.name)}
          title={words.files.save}
          tabIndex={tabIndex}
        >
          <AnyIcon name="download" />
        </a>
      )}
      {children}
    </div>
  );
}

/** The end of its name, which says most; a sheet of paper where there is none. */
export function Kind({ file }: { file: Pick<File, "name"> }) {
  const extension = extensionOf(file.name);
  return (
    <span class="file-kind" aria-hidden="true">
      {extension === "" ? <Icon name="file" /> : extension}
    </span>
  );
}
