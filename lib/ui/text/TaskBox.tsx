/** The box before a task: to look at, not to tick. */
import { dialogWords } from "../catalogue/dialogs.ts";
import { useView } from "../view.ts";

export function TaskBox({ done }: { done: boolean }) {
  const { language } = useView();
  const words = dialogWords(language).text;
  return (
    <span
      class={done ? "task-box done" : "task-box"}
      role="img"
      aria-label={done ? words.done : words.toDo}
    />
  );
}
