/** Days and moments, in English. */

export const dates = {
  today: "Today",
  yesterday: "Yesterday",
  /** Within the last minute. */
  justNow: "just now",
  weekdays: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
  /** As they stand behind the number of a day. */
  months: [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
  ],
  /** Whether "March 12" is said, too, by readers who write it so. */
  monthMayLead: true,
  ofYear: (day: string, year: number, monthFirst: boolean) =>
    monthFirst ? `${day}, ${year}` : `${day} ${year}`,
  moment: (date: string, time: string) => `${date} at ${time}`,
};
