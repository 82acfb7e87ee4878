import { THRESHOLD } from "./release-shapes.ts"
import type { PublicRelease } from "./release-view.ts"

/** How the numbers of a release were made, as paragraphs. */
export function methodOf({ tables: { quarter, year, taxonomy }, cutOn }: PublicRelease): readonly string[] {
  return [
    "People told us by text message what had happened to them or to somebody else. Every question could be skipped. What they told was sealed when it arrived, to keys that only trained report officers hold; one of them read each account and coded it.",
    "A report is counted only where its teller said yes to that, as a question of its own, after being told that help is the same either way.",
    "One report is one person's account. It is counted once, in the first release after it was coded. An account can name several acts, platforms and actions; tables of those count the reports that name each, and have no sum.",
    `This is release ${quarter}, cut on ${cutOn} and frozen: its numbers don't change. Codes are those of version ${taxonomy} of our list.`,
    ...(year === undefined ? [] : [`Tables of the year ${year.year} are the sums of its releases: ${year.quarters.join(", ")}.`]),
    `No number from 1 to ${THRESHOLD - 1} is shown, and none from which one could be worked out, whether from sums, from percentages, or from earlier releases. A hidden number may be small, or may protect a small one.`,
    "No exact place is ever asked for or kept. A map shows areas, and an area is the place of the person whom the account is about.",
  ]
}

/** What the numbers can't say. */
export function limitsOf(): readonly string[] {
  return [
    "They are not how often it happens. They are what some people chose to tell, of those who knew of us, had a phone to themselves, and felt safe enough.",
    "Severe acts tend to be told more often than everyday ones, and towns more often than villages. A place with few reports is not a safer place.",
    "A change from one release to the next may be a change in who knows of us.",
    "Nobody verified an account with others; that is not what this is for.",
    "Quotes are rewritten. They are true to what was told, and no evidence in a court's sense.",
  ]
}
