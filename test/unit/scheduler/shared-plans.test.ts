import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../main/scheduler/plan.ts';
import { createSharedPlans } from '../../../main/scheduler/shared-plans.ts';

function aPlan(plan: Partial<Plan> = {}): Plan {
  const rest = { rhythm: null, timezone: 'UTC', hours: null, source: 'always' } as const;
  return { ...rest, document: '{}', hash: 'one', ...plan };
}

describe('scheduler/shared-plans', () => {
  it('answers one plan for all with the same hash', () => {
    const plans = createSharedPlans();
    const first = plans.shared(aPlan());
    expect(plans.shared(aPlan())).toBe(first);
    expect(plans.shared(aPlan({ hash: 'other' }))).not.toBe(first);
  });

  it('shares none of other hours: their calendars may say something else', () => {
    const plans = createSharedPlans();
    const hours = { week: {} };
    const first = plans.shared(aPlan({ hours }));
    expect(plans.shared(aPlan({ hours }))).toBe(first);
    expect(plans.shared(aPlan({ hours: { week: {} } }))).not.toBe(first);
  });

  it('shares none whose runs jitter puts off, each by its own schedule', () => {
    const plans = createSharedPlans();
    const of = (seed: string): Plan =>
      aPlan({
        rhythm: {
          trigger: { kind: 'cron', expression: '0 8 * * *' },
          timezone: 'UTC',
          outside: 'skip',
          jitter: { seconds: 60, seed },
        },
      });
    const first = plans.shared(of('a'));
    expect(plans.shared(of('b'))).not.toBe(first);
  });

  it('knows none any more once it was told to forget', () => {
    const plans = createSharedPlans();
    const first = plans.shared(aPlan());
    plans.forget();
    expect(plans.shared(aPlan())).not.toBe(first);
  });
});
