/** New sign-ins to one's account, in English. */

export const signIns = {
  line: (device: string, address: string, when: string) =>
    `New sign-in to your account: ${device}, ${address}, ${when}.`,
  more: (count: number) => `And ${count} more.`,
  mine: "It was me",
  look: "Look at my devices",
};
