/** Makes a room, and changes a room's name, topic and picture. */
import { useSignal } from "@preact/signals";
import { ROOM_NAME, TOPIC, unitsOf } from "../../protocol/names.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { RoomPicture } from "../avatars/RoomPicture.tsx";
import type { FieldSentences } from "../field_errors.ts";
import { Dialog } from "../parts/Dialog.tsx";
import { Field } from "../parts/Field.tsx";
import { FormActions } from "../parts/FormActions.tsx";
import { mayBegin } from "../rights.ts";
import { useDialogView } from "../dialog_view.ts";
import { useSubmission } from "./submit.ts";

type CloseProps = { onClose: () => void };

export function CreateRoomDialog({ onClose }: CloseProps) {
  const { words, actions, navigate, state } = useDialogView();
  const may = mayBegin(state.me.value, state.workspace.value);
  const kinds = (["public", "private"] as const).filter((one) => may[one]);
  const name = useSignal("");
  const topic = useSignal("");
  const kind = useSignal(kinds[0] ?? "public");
  const submission = useSubmission(["name", "topic"]);

  async function submit(event: Event) {
    event.preventDefault();
    await submission.run(async () => {
      const room = await actions.createRoom(kind.value, name.value.trim(), topic.value.trim());
      onClose();
      navigate({ room: room.id });
    });
  }
  return (
    <Dialog title={words.create.title} onClose={onClose}>
      <form onSubmit={submit} class="form" ref={submission.form} noValidate>
        <NameAndTopic name={name} topic={topic} errors={submission.errors} />
        <fieldset class="choices">
          <legend>{words.create.kind}</legend>
          {kinds.map((value) => (
            <label key={value} class="choice">
              <input
                type="radio"
                name="kind"
                value={value}
                checked={kind.value === value}
                onChange={() => kind.value = value}
              />
              <span>
                <span class="choice-name">{words.create[value]}</span>
                <span class="hint">{words.create[`${value}Hint`]}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {submission.error && <p class="form-error" role="alert">{submission.error}</p>}
        <FormActions
          onClose={onClose}
          label={words.create.submit}
          disabled={submission.busy || name.value.trim() === ""}
        />
      </form>
    </Dialog>
  );
}

export function EditRoomDialog({ room, onClose }: CloseProps & { room: MemberRoom }) {
  const { words, actions } = useDialogView();
  const name = useSignal(room.name ?? "");
  const topic = useSignal(room.topic);
  const submission = useSubmission(["name", "topic"]);

  async function submit(event: Event) {
    event.preventDefault();
    const change = { name: name.value.trim(), topic: topic.value.trim() };
    if (await submission.run(() => actions.updateRoom(room.id, change))) onClose();
  }
  return (
    <Dialog title={words.roomMenu.edit} onClose={onClose}>
      <RoomPicture room={room} />
      <form onSubmit={submit} class="form" ref={submission.form} noValidate>
        <NameAndTopic name={name} topic={topic} errors={submission.errors} />
        {submission.error && <p class="form-error" role="alert">{submission.error}</p>}
        <FormActions
          onClose={onClose}
          label={words.common.save}
          disabled={submission.busy || name.value.trim() === ""}
        />
      </form>
    </Dialog>
  );
}

interface NameAndTopicProps {
  name: { value: string };
  topic: { value: string };
  errors: FieldSentences;
}

function NameAndTopic({ name, topic, errors }: NameAndTopicProps) {
  const { words } = useDialogView();
  return (
    <>
      <Field
        id="room-name"
        label={words.create.name}
        error={errors.name}
        input={{
          value: name.value,
          required: true,
          maxlength: unitsOf(ROOM_NAME),
          autocomplete: "off",
          autofocus: true,
          onInput: (event) => name.value = event.currentTarget.value,
        }}
      />
      <Field
        id="room-topic"
        label={`${words.create.topic} (${words.create.optional})`}
        error={errors.topic}
        input={{
          value: topic.value,
          maxlength: unitsOf(TOPIC),
          autocomplete: "off",
          placeholder: words.create.topicHint,
          onInput: (event) => topic.value = event.currentTarget.value,
        }}
      />
    </>
  );
}
