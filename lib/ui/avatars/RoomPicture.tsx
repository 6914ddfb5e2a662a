/** A room's picture in the dialog of its settings: chosen, cut square, set at once; or removed. */
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { useDialogView } from "../dialog_view.ts";
import { RoomMark } from "../parts/RoomMark.tsx";
import { PICTURES } from "./accepted.ts";
import { cropPicture } from "./cropper.ts";

export function RoomPicture({ room: { id } }: { room: MemberRoom }) {
  const { words, actions, state } = useDialogView();
  const room = state.rooms.value.get(id);
  const input = useRef<HTMLInputElement>(null);
  const busy = useSignal(false);
  const error = useSignal<string | null>(null);
  if (room === undefined) return null;

  async function set(make: () => Promise<Blob | null | undefined>) {
    if (busy.value) return;
    error.value = null;
    busy.value = true;
    try {
      const picture = await make();
      if (picture !== undefined) {
        const data = picture && await base64Of(picture);
        await (await actions.fileCalls()).setRoomPicture(id, data);
      }
    } catch {
      error.value = words.roomPicture.refused;
    } finally {
      busy.value = false;
    }
  }

  async function chosen(): Promise<Blob | undefined> {
    const file = input.current?.files?.[0];
    const square = file && await cropPicture(document, file, words.crop);
    if (input.current !== null) input.current.value = "";
    return square ?? undefined;
  }

  return (
    <div
      class="room-picture"
      role="group"
      aria-label={words.roomPicture.label}
      aria-busy={busy.value}
    >
      <RoomMark room={room} />
      <div class="room-picture-actions">
        <button type="button" class="button" onClick={() => input.current?.click()}>
          {words.roomPicture.choose}
        </button>
        {room.picture !== undefined && (
          <button
            type="button"
            class="button"
            onClick={() => set(() => Promise.resolve(null))}
          >
            {words.roomPicture.remove}
          </button>
        )}
      </div>
      <input ref={input} type="file" hidden accept={PICTURES} onChange={() => set(chosen)} />
      {error.value && <p class="form-error" role="alert">{error.value}</p>}
    </div>
  );
}

/** Few browsers do it by themselves yet. */
function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] ?? "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
