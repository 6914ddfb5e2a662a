/** The files of a message: pictures to see, the rest to fetch. */
import type { File } from "../../protocol/files.ts";
import { formatSize } from "../catalogue/numbers.ts";
import { Icon } from "../parts/Icon.tsx";
import { Name } from "../parts/Name.tsx";
import { useView } from "../view.ts";
import { useTabIndex } from "../text/tab_index.ts";

export function Files({ files }: { files: readonly File[] }) {
  return (
    <ul class="files">
      {files.map((file) => (
        <li key={file.id}>{isPicture(file) ? <Picture file={file} /> : <Link file={file} />}</li>
      ))}
    </ul>
  );
}

function isPicture(file: File): boolean {
  return file.thumbnail !== null && file.width !== null && file.height !== null;
}

/** Its size is in the page before its bytes arrive, so that nothing moves when they do. */
function Picture({ file }: { file: File }) {
  const tabIndex = useTabIndex();
  return (
    <a class="picture" href={file.url} target="_blank" rel="noopener" tabIndex={tabIndex}>
      <img
        src={file.thumbnail ?? file.url}
        alt={file.name}
        width={file.width ?? undefined}
        height={file.height ?? undefined}
        loading="lazy"
      />
    </a>
  );
}

function Link({ file }: { file: File }) {
  const { language } = useView();
  return (
    <a
      class="file"
      href={file.url}
      download={file.name}
      tabIndex={useTabIndex()}
    >
      <Icon name="file" />
      <Name class="file-name">{file.name}</Name>
      <span class="file-size">{formatSize(file.size, language)}</span>
    </a>
  );
}
