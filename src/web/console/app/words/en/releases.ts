/** What the page of public numbers says, in English. */
export const releases = {
  title: "Releases",
  public: "See the public page",
  hint: "A release publishes a quarter's numbers. It counts reports that are coded and may count, hides every number below 11 and whatever would give one away, and never changes again.",
  next: (quarter: string) => `Next: ${quarter}`,
  counts: (n: number) => `${n} reports would count if it were cut now.`,
  tooFew: "Fewer than 11 reports would count. None would be published; they would wait for the release after.",
  from: (day: string) => `It can be cut from ${day} on: thirty days after the quarter's end.`,
  make: (quarter: string) => `Cut ${quarter}`,
  asks: (quarter: string) => `${quarter} becomes public at once and stays as it is. Reports in it can't be taken out any more. Is everything coded that should count?`,
  sure: "Cut and publish",
  cut: (quarter: string, n: number) => (n === 0 ? `${quarter} is cut. It had too few reports to publish.` : `${quarter} is cut and public: ${n} reports.`),
  before: "Cut before",
  cutOn: (day: string, n: number) => `cut on ${day}, ${n === 0 ? "too few reports to publish" : `${n} reports`}`,
  summary: (period: string, reports: number, hidden: number, rows: number) => `${period}, ${reports} reports, ${hidden} of ${rows} rows hidden`,
  hidden: "hidden",
}
