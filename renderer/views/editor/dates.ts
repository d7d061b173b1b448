/** A date on this computer's clock, so many days from today, as a date to begin with: `2026-12-01`. */
export function localDate(daysAhead: number): string {
  const now = new Date();
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + daysAhead, 12);
  const [month, date] = [day.getMonth() + 1, day.getDate()].map((part) =>
    String(part).padStart(2, '0'),
  );
  return `${String(day.getFullYear())}-${month ?? ''}-${date ?? ''}`;
}
