import { useWords } from "../words.ts"
import type { PreviewTable } from "./releases-api.ts"

/** Tables as they would be published, with what stays hidden marked. */
export function PreviewTables({ tables }: { readonly tables: readonly PreviewTable[] }) {
  const of = useWords().releases
  return (
    <div class="previews" lang="en" dir="ltr">
      {tables.map(({ id, title, period, of: whole, rows }) => {
        const hidden = rows.filter(({ count }) => count === null).length
        return (
          <details key={id} class="preview" open={id === "province-quarter"}>
            <summary>
              <strong>{title}</strong>
              <span class="aside">{of.summary(period, whole, hidden, rows.length)}</span>
            </summary>
            <table class="numbers">
              <tbody>
                {rows.map(({ key, within, name, count }) => (
                  <tr key={key} class={count === null ? "withheld" : undefined}>
                    <th scope="row">
                      {within !== null && <span class="aside">{within}: </span>}
                      {name}
                    </th>
                    <td>{count ?? of.hidden}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        )
      })}
    </div>
  )
}
