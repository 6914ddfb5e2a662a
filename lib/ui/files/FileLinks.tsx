/** The files of a message on a page without a script: small pictures and names, each a link to the file. */
import type { Language } from "../../protocol/accounts.ts";
import type { File } from "../../protocol/files.ts";
import { catalogue } from "../catalogue/catalogue.ts";
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
                <Title file={file} language={language} />
              </a>
            )}
        </li>
      ))}
    </ul>
  );
}

/** A voice message has no name that says anything. */
function Title({ file, language }: { file: File; language: Language }) {
  const { name, voice, duration, size } = file;
  const time = duration === null ? null : formatDuration(duration);
  if (voice) return <span>{catalogue(language).fileLine.voice(time ?? "")}</span>;
  return (
    <>
      <Name>{name}</Name>
      <span class="handle">{time && `${time} · `}{formatSize(size, language)}</span>
    </>
  );
}
