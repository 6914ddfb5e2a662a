/** The place of the line about what just failed or was done, which comes at rest: see `at_rest.ts`. */
import { useView } from "../view.ts";
import { useAtRest } from "./at_rest.ts";
import { laterStyles } from "./later_styles.ts";

const loadToast = async () => {
  const [{ Toast }] = await Promise.all([import("./Toast.tsx"), laterStyles()]);
  return Toast;
};

export function Toasts() {
  const { toast, state } = useView();
  const Toast = useAtRest(loadToast, toast.value !== null || state.notice.value !== null);
  return Toast && <Toast />;
}
