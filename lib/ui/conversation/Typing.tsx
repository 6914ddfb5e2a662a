/**
 * Who is writing in the open room just now. Not announced to screen readers: it changes too often.
 */
import { userName } from "../names.ts";
import { useView } from "../view.ts";

export function Typing() {
  const { state, words } = useView();
  const names = state.typing.value.map((id) => userName(state.users.value, id));
  return (
    <p class="typing" aria-hidden="true">
      {names.length > 0 && (
        <>
          <span class="typing-dots">
            <i />
            <i />
            <i />
          </span>
          {words.composer.typing(names)}
        </>
      )}
    </p>
  );
}
