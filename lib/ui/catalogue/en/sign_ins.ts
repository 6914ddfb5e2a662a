/** New sign-ins to one's account, in English. */
import { counted } from "../numbers.ts";

export const signIns = {
  line: (device: string, address: string, when: string, others: number) =>
    `New sign-in to your account: ${device}, ${address}, ${when}` +
    (others === 0
      ? "."
      : `, and ${counted("en", others, { one: "other one", other: "other ones" })}.`),
  mine: "It was me",
  look: "Look at my devices",
};
