/** What is said of each code of the protocol, in Russian. */
import type * as en from "../en/errors.ts";

export const errors: typeof en.errors = {
  bad_request: "Не удалось понять запрос.",
  unauthenticated: "Вы вышли из учётной записи. Войдите снова.",
  second_factor: "Подтвердите вход ещё раз.",
  forbidden: "У вас нет на это прав.",
  confirm_first: "Сначала подтвердите, что это вы.",
  not_found: "Этого здесь нет, или вам это недоступно.",
  conflict: "Это противоречит тому, что уже существует.",
  other_session:
    "В этом браузере вошли под другой учётной записью. Теперь эта страница показывает её.",
  too_large: "Это слишком много.",
  invalid: "Здесь что-то не так. Проверьте, пожалуйста.",
  rate_limited: "Слишком часто. Подождите немного и повторите.",
  internal: "На сервере что-то пошло не так.",
  unavailable: "Сервер сейчас занят. Повторите через минуту.",
  offline: "Нет связи с сервером.",
};
