import type { Option, TextKey, Value } from "./effect.ts"
import type { FlowEvent, Memory } from "./memory.ts"
import { at, chose, chosenAfter, remember, say, type Answer, type Part } from "./part.ts"

/** More lines than this, and a text message no longer fits two segments, or a WhatsApp list its ten rows. */
export const PAGE_SIZE = 5

/**
 * A place that offers a list page by page. MORE turns the page and begins again after the last; a choice of any page is
 * taken, so that an old button still works.
 */
export function paged(
  place: string,
  list: {
    readonly key: (memory: Memory) => TextKey
    readonly values?: (memory: Memory) => Readonly<Record<string, Value>>
    readonly items: (memory: Memory) => readonly Option[]
    readonly prefix: string
    readonly to: string
    readonly remember: (chosen: string) => Partial<Memory>
    readonly also: Readonly<Record<string, Answer>>
  },
): Part {
  const pages = (memory: Memory) => Math.max(1, Math.ceil(list.items(memory).length / PAGE_SIZE))
  const options = (memory: Memory): readonly Option[] => [
    ...list.items(memory).slice(memory.page * PAGE_SIZE, (memory.page + 1) * PAGE_SIZE),
    ...(pages(memory) > 1 ? [{ id: "more", label: "choice.more" as const }] : []),
    ...Object.entries(list.also).map(([id, { label }]) => ({ id, label })),
  ]
  const known = ({ context, event }: { context: Memory; event: FlowEvent }) => event.type === "choose" && list.items(context).some(({ id }) => id === event.id)
  return {
    entry: say(list.key, list.values, options),
    on: {
      again: { target: at(place), reenter: true },
      choose: [
        {
          guard: ({ event }: { event: FlowEvent }) => chose(event, "more"),
          target: at(place),
          reenter: true,
          actions: remember((memory) => ({ page: (memory.page + 1) % pages(memory) })),
        },
        {
          guard: known,
          target: at(list.to),
          actions: remember((_, event) => ({ page: 0, ...list.remember(chosenAfter(event, list.prefix) ?? "") })),
        },
        ...Object.entries(list.also).map(([id, answer]) => ({
          guard: ({ event }: { event: FlowEvent }) => chose(event, id),
          target: at(answer.to),
          actions: remember((memory) => ({ page: 0, ...answer.remember?.(memory) })),
        })),
      ],
    },
  } as Part
}
