import type { Spread } from './statistics.ts';

/** A table for people: its first column is words, the others are figures. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What a reader must know to read it rightly. */
  readonly notes: readonly string[];
}

/** Three digits that count, thousands apart: `0.284`, `12.3`, `4 531`. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '-';
  const rounded = Number(value.toPrecision(3));
  if (rounded === 0) return '0';
  const size = Math.floor(Math.log10(Math.abs(rounded)));
  if (size < 2) return rounded.toFixed(2 - size);
  return String(Math.round(value)).replaceAll(/(?<=\d)(?=(\d{3})+$)/g, ' ');
}

/** A median with its least and greatest value: `12.3 (11.9–13.0)`. */
export function spreadText({ median, low, high }: Spread): string {
  return `${figure(median)} (${figure(low)}–${figure(high)})`;
}

/** A table as Markdown, its columns padded so that it also reads on a terminal. */
export function tableText(table: Table): string {
  const lines = [table.columns, ...table.rows];
  const widths = table.columns.map((_, column) =>
    Math.max(3, ...lines.map((line) => (line[column] ?? '').length)),
  );
  const row = (cells: readonly string[]): string => {
    const padded = widths.map((width, column) => {
      const cell = cells[column] ?? '';
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    });
    return `| ${padded.join(' | ')} |`;
  };
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [
    `### ${table.title}`,
    '',
    row(table.columns),
    `| ${rule.join(' | ')} |`,
    ...table.rows.map(row),
    ...(table.notes.length === 0 ? [] : ['', ...table.notes]),
  ].join('\n');
}
