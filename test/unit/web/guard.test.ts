import { describe, expect, it } from 'vitest';
import { ownHosts } from '../../../main/web/guard.ts';

describe('web/guard: hosts', () => {
  it('takes its names without the port where it is the usual one of http', () => {
    expect(ownHosts(80).has('127.0.0.1')).toBe(true);
    expect(ownHosts(8080).has('127.0.0.1')).toBe(false);
  });
});
