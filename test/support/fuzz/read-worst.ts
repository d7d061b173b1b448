import process from 'node:process';
import { readScheduleFile } from '../../../main/calls/schedule-file.ts';
import { worstTexts } from './damaged-files.ts';

/** Reads one of the worst texts, and prints by how many megabytes that has raised the process at most. */
const text = worstTexts[Number(process.argv[2])] ?? '';
globalThis.gc?.();
const before = process.resourceUsage().maxRSS;
try {
  readScheduleFile(text);
} catch {
  // Most are refused; what matters is what it took to find out.
}
console.log((process.resourceUsage().maxRSS - before) / 1e3);
