import type { TroubleCode } from '../../contract/troubles.ts';
import type { TroubleWords } from './troubles.ts';

/** What is said where nothing can be recorded for now, and it may pass by itself. */
export function passingWords(
  code: Extract<TroubleCode, 'read-only' | 'disk-full' | 'busy'>,
  path: string,
): TroubleWords {
  switch (code) {
    case 'read-only':
      return {
        message: `Jackdaw may not write to ${path}. You can look at everything; nothing runs, and nothing can be changed.`,
        remedy:
          'Give yourself write permission to it, or start Jackdaw with another folder (--data-dir). Jackdaw goes on by itself once it may write.',
      };
    case 'disk-full':
      return {
        message: `The disk that holds ${path} is full. No new run starts, because it could not be recorded; what was recorded is kept.`,
        remedy: 'Free some space on this disk. Jackdaw goes on by itself within a minute.',
      };
    case 'busy':
      return {
        message: `Another program holds ${path}, so nothing can be recorded and nothing runs.`,
        remedy: 'End the program that has it open, or wait: Jackdaw goes on by itself.',
      };
  }
}

/** What is said where another leader has taken over: this host must do nothing any more. */
export function outrankedWords(dataFolder: string): TroubleWords {
  return {
    message: `Another Jackdaw leads ${dataFolder} now; this one does nothing any more.`,
    remedy: 'Quit this one, and look at the other.',
  };
}
