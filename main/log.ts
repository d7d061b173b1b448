import { join } from 'node:path';
import electronLog from 'electron-log/node';

/** What a line of the log tells beside its event: ids, numbers, reasons. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** The host's log: one line an event, in plain words (design.md section 5 lists the events). */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** Where a data folder's log is. */
export function logFolder(dataFolder: string): string {
  return join(dataFolder, 'logs');
}

/** Hides what a log must not tell: user names and passwords, query strings and tokens of addresses. */
export function redact(text: string): string {
  return text
    .replace(/\b(https?:\/\/)[^\s/?#]*@/gi, '$1…@')
    .replace(/(\bhttps?:\/\/[^\s?#]*)\?[^\s#"]*/gi, '$1?…')
    .replace(/\b(token=|Bearer |Basic )[\w.~+/=-]+/gi, '$1…');
}

/** A line as it is written: the event, then `name=value` pairs. */
export function logLine(event: string, fields: LogFields = {}): string {
  const pairs = Object.entries(fields).map(([name, value]) => {
    const text = String(value);
    return `${name}=${/[\s"=]/.test(text) ? JSON.stringify(text) : text}`;
  });
  return redact([event, ...pairs].join(' '));
}

/** The rotating log file of a data folder: 1 MB, and the one before it. */
export function openLog(dataFolder: string): Log {
  const logger = electronLog.create({ logId: dataFolder });
  logger.transports.console.level = false;
  // Left to itself it looks for a package.json where the command was called, and without one writes nothing.
  logger.transports.file.setAppName('Jackdaw');
  logger.transports.file.resolvePathFn = () => join(logFolder(dataFolder), 'jackdaw.log');
  logger.transports.file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  logger.transports.file.maxSize = 1_000_000;
  logger.transports.file.format = '{iso} [{level}] {text}';
  return {
    info: (event, fields) => {
      logger.info(logLine(event, fields));
    },
    warn: (event, fields) => {
      logger.warn(logLine(event, fields));
    },
    error: (event, fields) => {
      logger.error(logLine(event, fields));
    },
  };
}
