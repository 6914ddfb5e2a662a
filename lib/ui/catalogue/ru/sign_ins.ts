/** New sign-ins to one's account, in Russian. */
import type * as en from "../en/sign_ins.ts";
import { counted } from "../numbers.ts";

const OTHERS = { one: "другой", few: "других", many: "других", other: "других" };

export const signIns: typeof en.signIns = {
  line: (device, address, when, others) =>
    `Новый вход в вашу учётную запись: ${device}, ${address}, ${when}` +
    (others === 0 ? "." : ` и ещё ${counted("ru", others, OTHERS)}.`),
  mine: "Это мой вход",
  look: "Посмотреть устройства",
};
