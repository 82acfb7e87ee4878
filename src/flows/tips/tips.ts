import type { TextKey } from "../effect.ts"
import type { FlowEvent, Memory } from "../memory.ts"
import { paged } from "../paged.ts"
import { ask, at, remember, type Answer, type Part } from "../part.ts"
import { topics, type Topic, type TopicId } from "./topics.ts"

const topicNames = Object.keys(topics) as readonly TopicId[]

/** The fifteen areas of tips: the list, and under each topic its places. */
export function tips(): Part {
  return {
    initial: "list",
    states: {
      list: paged("tips.list", {
        key: () => "menu.tips",
        items: () => topicNames.map((name) => ({ id: `topic:${name}`, label: `tips.${name}.label` })),
        prefix: "topic:",
        to: "tips.open",
        remember: (name) => ({ topic: name as TopicId, trail: [] }),
        also: { menu: { label: "choice.menu", to: "menu.main" } },
      }),
      open: {
        always: topicNames.map((name) => ({
          guard: ({ context }: { context: Memory }) => context.topic === name,
          target: at(`tips.${name}.${topics[name].start}`),
        })),
      },
      ...Object.fromEntries(topicNames.map((name) => [name, path(name, topics[name])])),
    },
  } as Part
}

function path(topic: TopicId, { start, nodes }: Topic): Part {
  const states = Object.entries(nodes).map(([name, node]) => {
    const place = `tips.${topic}.${name}`
    const onward: [string, Answer][] =
      node.kind === "fork"
        ? node.ways.map((way) => [way, leading(topic, name, way, `tips.${topic}.${name}_${way}` as TextKey)])
        : node.next === undefined
          ? []
          : [["more", leading(topic, name, node.next, "choice.more")]]
    const always: Record<string, Answer> = {
      person: { label: "choice.person", to: "person.gate" },
      "find-help": { label: "choice.find-help", to: "find-help.here", remember: () => ({ page: 0, need: undefined }) },
    }
    const asked = ask(
      place,
      { key: place as TextKey },
      {
        ...Object.fromEntries(onward),
        back: { label: "choice.back", to: "tips.list" },
        ...always,
      },
    )
    const on = asked.on as { choose: readonly unknown[] }
    return [name, { ...asked, on: { ...on, choose: [...backs(topic, name, nodes), ...pastAge(topic, name, node), ...on.choose] } }] as const
  })
  return { initial: start, states: Object.fromEntries(states) } as Part
}

function leading(topic: TopicId, from: string, to: string, label: TextKey): Answer {
  const told = from === "age" ? { age: to === "under-18" ? ("under-18" as const) : ("adult" as const) } : {}
  return { label, to: `tips.${topic}.${to}`, remember: ({ trail }) => ({ trail: [...trail, from], ...told }) }
}

// An age that she has told isn't asked again, and what she would rather not say counts as “under 18 or unsure”. BACK asks it.
function pastAge(topic: TopicId, name: string, node: Topic["nodes"][string]): readonly unknown[] {
  const asks = node.kind === "step" && node.next === "age" ? topics[topic].nodes : undefined
  const ways = asks !== undefined && "age" in asks && asks.age.kind === "fork" ? asks.age.ways : []
  return ways.map((way) => ({
    guard: ({ context, event }: { context: Memory; event: FlowEvent }) =>
      event.type === "choose" && event.id === "more" && context.age !== undefined && (context.age === "adult") === (way !== "under-18"),
    target: at(`tips.${topic}.${way}`),
    actions: remember(({ trail }) => ({ trail: [...trail, name, "age"] })),
  }))
}

// BACK leads along her own trail; a place reached from elsewhere (an empty trail) leads back to the list.
function backs(topic: TopicId, name: string, nodes: Topic["nodes"]): readonly unknown[] {
  const before = Object.entries(nodes).filter(([, node]) => (node.kind === "fork" ? node.ways.includes(name) : node.next === name))
  return before.map(([previous]) => ({
    guard: ({ context, event }: { context: Memory; event: FlowEvent }) => event.type === "choose" && event.id === "back" && context.trail.at(-1) === previous,
    target: at(`tips.${topic}.${previous}`),
    actions: backwards,
  }))
}

const backwards = remember(({ trail }) => ({ trail: trail.slice(0, -1) }))
