/** What stands for a message's files where there is room for a line only, in English. */

export const fileLine = {
  pictures: (count: number) => count === 1 ? "Picture" : `${count} pictures`,
  video: "Video",
  voice: (time: string) => `Voice message, ${time}`,
};
