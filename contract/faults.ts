import type { z } from 'zod';
import type { Fault } from './result.ts';

type Issue = z.core.$ZodIssue;

/** The longest name that is told whole: no field has a longer one. */
const longestName = 100;

/** A name to stand in a sentence, cut where it is longer than any field's: a file's may have a megabyte. */
export function nameText(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName)}…` : name;
}

/** A path as people write it: `schedules[0].trigger.every`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${String(part)}]`;
    const name = nameText(String(part));
    return text === '' ? name : `${text}.${name}`;
  }, '');
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of fields',
  record: 'a group of fields',
};

/** Whether the schema gave the message itself; zod's own of these kinds begin with these words. */
function hasOwnWords(issue: Issue): boolean {
  return !/^(Too small|Too big):/.test(issue.message);
}

function tooBig(origin: string, most: string): string {
  return origin === 'string'
    ? `is too long; use at most ${most} characters`
    : `is too large; use ${most} or less`;
}

/** The sentence for one zod issue; schemas give their own message wherever the remedy is theirs. */
function messageOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type': {
      const wanted = typeWords[issue.expected] ?? issue.expected;
      return issue.input === undefined ? `is missing; write ${wanted}` : `must be ${wanted}`;
    }
    case 'too_small':
      return hasOwnWords(issue)
        ? issue.message
        : `is too small; use ${String(issue.minimum)} or more`;
    case 'too_big':
      return hasOwnWords(issue) ? issue.message : tooBig(issue.origin, String(issue.maximum));
    case 'invalid_value':
      return `isn't known here; use ${issue.values.map(String).join(', ')}`;
    default:
      return issue.message;
  }
}

/** The issues of the alternative that got furthest: the one a person most likely meant. */
function bestAlternative(alternatives: readonly (readonly Issue[])[]): readonly Issue[] {
  const depth = (issues: readonly Issue[]): number =>
    Math.max(0, ...issues.map((issue) => issue.path.length));
  return alternatives.reduce<readonly Issue[]>(
    (best, issues) => (depth(issues) > depth(best) ? issues : best),
    [],
  );
}

function faultsOfIssue(issue: Issue, base: readonly PropertyKey[]): readonly Fault[] {
  const path = [...base, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: pathText([...path, key]),
        message: 'is not a field known here; check its spelling or leave it out',
      }));
    case 'invalid_union': {
      const deeper = bestAlternative(issue.errors);
      if (deeper.some((one) => one.path.length > 0))
        return deeper.flatMap((one) => faultsOfIssue(one, path));
      return [{ path: pathText(path), message: issue.message }];
    }
    case 'invalid_key':
    case 'invalid_element':
      return issue.issues.flatMap((one) => faultsOfIssue(one, path));
    default:
      return [{ path: pathText(path), message: messageOf(issue) }];
  }
}

/** Every fault of an input that a schema refused: where, and what to do, in plain words. */
export function faultsOf(error: z.ZodError): readonly Fault[] {
  return error.issues.flatMap((issue) => faultsOfIssue(issue, []));
}
