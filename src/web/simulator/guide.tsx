/** What the page's own signs mean, for whoever sees them for the first time. */
export function Guide() {
  return (
    <details class="card guide">
      <summary>How to read this</summary>
      <dl>
        <dt>
          <code>menu.main</code>
        </dt>
        <dd>Where the conversation is. Quote it when you report something.</dd>
        <dt>A passer-by sees</dt>
        <dd>The first 60 characters of the newest message, as a locked phone on a table shows them.</dd>
        <dt>Segments</dt>
        <dd>Text messages are paid by the segment: 160 plain letters, or 70 once a single one is wide, as all of Urdu's are.</dd>
        <dt>Follow together</dt>
        <dd>What you type or tap on one phone happens on all three. Where nothing can be tapped, its number is typed.</dd>
        <dt>New person</dt>
        <dd>Begins again on three fresh phones, as loading this page again does. Your browser keeps nothing.</dd>
      </dl>
    </details>
  )
}
