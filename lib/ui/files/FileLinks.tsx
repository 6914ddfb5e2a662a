/** The files of a message on a page without a script: small pictures and names, each a link to the file. */
import type { Language } from "../../protocol/accounts.ts";
import type { File } from "../../protocol/files.ts";
import { formatSize } from "../catalogue/sizes.ts";
import { Icon } from "../parts/Icon.tsx";
import { formatDuration } from "../parts/duration.ts";
import { Name } from "../parts/Name.tsx";
import { shownAs } from "./kinds.ts";
import { fitted, pictureSize } from "./layout.ts";

export interface FileLinksProps {
  files: readonly File[];
  language: Language;
}

const SMALL = { width: 200, height: 150 };

export function FileLinks({ files, language }: FileLinksProps) {
  if (files.length === 0) return null;
  return (
    <ul class="file-links">
      {files.map((file) => (
        <li key={file.id}>
          {shownAs(file) === "picture"
            ? (
              <a href={file.url}>
                <img
                  src={file.thumbnail ?? file.url}
                  alt={file.alt || file.name}
                  loading="lazy"
                  {...fitted(pictureSize(file), SMALL)}
                />
              </a>
            )
            : (
              <a class="file-link" href={file.url} download={file.name}>
                <Icon name="file" />
                <Name>{file.name}</Name>
                <span class="handle">
                  {file.duration !== null && `${formatDuration(file.duration)} · `}
                  {formatSize(file.size, language)}
                </span>
              </a>
            )}
        </li>
      ))}
    </ul>
  );
}
