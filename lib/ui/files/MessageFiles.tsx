/** The files of a message, in the order in which they were sent; then what it links to. */
import type { File } from "../../protocol/files.ts";
import type { Message } from "../../protocol/messages.ts";
import type { FileProps } from "./file_props.ts";
import { FileCard } from "./FileCard.tsx";
import { shownAs } from "./kinds.ts";
import { blocksOf, wideOnes } from "./layout.ts";
import { MessageLinks } from "../links/MessageLinks.tsx";
import { PdfCard } from "./PdfCard.tsx";
import { Picture } from "./Picture.tsx";
import { SoundFile } from "./SoundFile.tsx";
import { TextCard } from "./TextCard.tsx";
import { VideoFile } from "./VideoFile.tsx";
import { VoicePlayer } from "./VoicePlayer.tsx";

export function MessageFiles({ message }: { message: Message }) {
  return (
    <>
      {blocksOf(message.files).map((block) =>
        block.kind === "file"
          ? <One key={block.file.id} file={block.file} message={message} />
          : <Pictures key={block.files[0]!.id} files={block.files} message={message} />
      )}
      <MessageLinks message={message} />
    </>
  );
}

/** One by itself has its own form; several are a grid of squares. */
function Pictures({ files, message }: { files: readonly File[]; message: Message }) {
  if (files.length === 1) return <Picture file={files[0]!} message={message} />;
  return (
    <ul class={`pictures wide-${wideOnes(files.length)}`}>
      {files.map((file) => (
        <li key={file.id}>
          <Picture file={file} message={message} tile />
        </li>
      ))}
    </ul>
  );
}

function One(props: FileProps) {
  switch (shownAs(props.file)) {
    case "video":
      return <VideoFile {...props} />;
    case "audio":
      return <SoundFile {...props} />;
    case "voice":
      return <VoicePlayer {...props} />;
    case "pdf":
      return <PdfCard {...props} />;
    case "text":
      return <TextCard {...props} />;
    default:
      return <FileCard {...props} />;
  }
}
