/** Showing once more who one is, before something dangerous, in Russian. */
import type * as en from "../en/confirm.ts";

export const confirm: typeof en.confirm = {
  title: "Это вы?",
  lead: "Прежде чем продолжить, подтвердите ещё раз, что это вы.",
  leadAct:
    "То, что вы собираетесь сделать, нелегко отменить. Подтвердите ещё раз, что это вы, — и это сразу будет сделано.",
  password: (username) => `Пароль пользователя ${username}`,
  wrongPassword: "Это не ваш пароль.",
  submit: "Подтвердить",
  code: "Код из приложения-аутентификатора",
  orCode: "Или код из приложения-аутентификатора",
  wrongCode: "Код неверный или уже использован.",
  submitCode: "Подтвердить кодом",
  cancel: "Назад, ничего не менять",
  again:
    "Вы входите сюда без пароля. Выйдите и войдите снова: этого достаточно, чтобы подтвердить, что это вы.",
  logout: "Выйти",
};
