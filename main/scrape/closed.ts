function counted(count: number, one: string): string {
  return count === 1 ? `1 ${one}` : `${String(count)} ${one}s`;
}

/** What a person is told of a run that was stopped as its hours closed. */
export function closedMessage(pages: number, rows: number): string {
  const until =
    pages === 0
      ? 'before the run had read a page'
      : `after ${counted(pages, 'page')}, and the run stopped; what it had read (${counted(rows, 'row')}) is kept with it`;
  return `The active hours closed ${until}. To have it read to the end, let it finish at the close of its hours.`;
}
