import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import type { Conversation } from "../../src/flows/conversation.ts"
import { FLOW_VERSION, movedPlaces } from "../../src/flows/version.ts"
import { realFlows } from "../support/flows.ts"

const FOLDER = join(import.meta.dirname, "places")
const NOW = Date.parse("2026-11-25T10:00:00Z")
const flows = realFlows()
const here = flows.hear(undefined, { type: "text", text: "hi" }, { now: NOW, shape: "sms" }).after

/** All places of the machine as it is. */
function places(): readonly string[] {
  type Node = { readonly states: Readonly<Record<string, Node>> }
  const below = (node: Node, path: readonly string[]): readonly string[] => {
    const inner = Object.entries(node.states)
    return inner.length === 0 ? [path.join(".")] : inner.flatMap(([key, one]) => below(one, [...path, key]))
  }
  return below(flows.machine.root, []).toSorted()
}

describe("places in which somebody may be standing", () => {
  const current = join(FOLDER, `${FLOW_VERSION}.json`)
  // The list of a new version is written once, and committed with it; those of older versions are never touched.
  if (!existsSync(current)) writeFileSync(current, `${JSON.stringify(places(), null, 2)}\n`)

  for (const file of readdirSync(FOLDER)) {
    const released = JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as readonly string[]

    test(`of flow version ${file.replace(".json", "")} are still there, or lead on to where they went`, () => {
      expect(released.length).toBeGreaterThan(100)
      const lost = released.filter((place) => {
        const before: Conversation = {
          ...here,
          flow: Number.parseInt(file, 10),
          place,
          offered: [],
          memory: { ...here.memory, handoff: { id: "00000000-0000-8000-8000-000000000000", status: "waiting" } },
        }
        return (
          place !== "menu.lost" &&
          flows.hear(before, { type: "choice", id: "nowhere/at-all" }, { now: NOW, shape: "sms" }).effects.some((effect) => "key" in effect && effect.key === "menu.lost")
        )
      })
      expect(lost).toEqual([])
    })
  }

  test("of today stand in the list of today's version: a place that was renamed or is new needs it written anew", () => {
    expect(JSON.parse(readFileSync(current, "utf8"))).toEqual(places())
  })

  test("that moved are gone from where they were, and there where they went", () => {
    const now = new Set(places())
    expect(Object.entries(movedPlaces).filter(([from, to]) => now.has(from) || !now.has(to))).toEqual([])
  })
})
