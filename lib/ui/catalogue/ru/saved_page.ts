/** The page of one's own bookmarks, in Russian. */
import type * as en from "../en/saved_page.ts";

export const savedPage: typeof en.savedPage = {
  private: "Сохранённое видите только вы.",
  empty: "Пока ничего нет. Сохраните сообщение через его меню, и оно появится здесь.",
  emptyPage: "Больше ничего нет.",
  open: "Показать в беседе",
  older: "Сохранённые раньше",
  newest: "Сохранённые последними",
};
