/** The lines above everything else: what the reader should know wherever they are. */
import { ReminderLine } from "../later/ReminderLine.tsx";
import { useView } from "../view.ts";
import { SignInLine } from "./SignInLine.tsx";

export function NewsLines() {
  const { state } = useView();
  return (
    <>
      {state.signIns.value?.length !== 0 && <SignInLine />}
      {state.reminded.value.length > 0 && <ReminderLine />}
    </>
  );
}
