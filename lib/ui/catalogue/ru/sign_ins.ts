/** New sign-ins to one's account, in Russian. */
import type * as en from "../en/sign_ins.ts";
import { deviceInRussian } from "../device_names.ts";
import { counted } from "../numbers.ts";

const OTHERS = { one: "вход", few: "входа", many: "входов", other: "входа" };

export const signIns: typeof en.signIns = {
  line: (device, address, when) =>
    deviceInRussian(`Новый вход в вашу учётную запись: ${device}, ${address}, ${when}.`),
  more: (count) => `И ещё ${counted("ru", count, OTHERS)}.`,
  mine: "Это мой вход",
  look: "Посмотреть устройства",
};
