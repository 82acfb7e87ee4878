import type { ComponentChildren } from "preact"
import { useId } from "preact/hooks"
import { Columns } from "./columns.tsx"
import { useWords } from "./words.ts"

/** One thing that was counted: its name, what it means, and its drawing or table. */
export function Figure({ title, hint, children }: { readonly title: string; readonly hint?: string; readonly children: ComponentChildren }) {
  const id = useId()
  return (
    <section class="figure" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {hint !== undefined && <p class="hint">{hint}</p>}
      {children}
    </section>
  )
}

type Row = { readonly name: string; readonly cells: readonly (string | number)[]; readonly bar?: { readonly part: number; readonly of: number } }
type TableProps = { readonly label: string; readonly columns: readonly string[]; readonly rows: readonly Row[] }

/** Numbers to read; where a row has a bar, it is drawn under its name and begins at nothing. */
export function Table({ label, columns, rows }: TableProps) {
  return (
    <div class="table-box" role="group" aria-label={label} tabIndex={0}>
      <table class="numbers">
        <Columns names={columns} />
        <tbody>
          {rows.map(({ name, cells, bar }) => (
            <tr key={name}>
              <th scope="row">
                <bdi>{name}</bdi>
                {bar !== undefined && <Bar {...bar} />}
              </th>
              {cells.map((cell, i) => (
                <td key={columns[i + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Bar({ part, of }: { readonly part: number; readonly of: number }) {
  const long = of === 0 ? 0 : (part / of) * 100
  return (
    <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect class="bar-room" width="100" height="4" />
      <rect class="bar-part" width={long} height="4" />
    </svg>
  )
}

/** The same numbers as the drawing above it, for who would rather read them or can't see it. */
export function AsTable(props: TableProps) {
  const words = useWords()
  return (
    <details class="as-table">
      <summary>{words.numbers.asTable}</summary>
      <Table {...props} />
    </details>
  )
}
