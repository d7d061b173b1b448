/** The text of a calendar with these lines, in CRLF as the standard has it. */
export function anIcs(...lines: readonly string[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
}

/** The lines of one event. */
export function anEvent(...lines: readonly string[]): string {
  return ['BEGIN:VEVENT', 'UID:one', 'SUMMARY:Busy day', ...lines, 'END:VEVENT'].join('\r\n');
}

/** A calendar of one event. */
export function anEventIcs(...lines: readonly string[]): string {
  return anIcs(anEvent(...lines));
}
