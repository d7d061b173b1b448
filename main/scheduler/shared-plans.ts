import type { Plan } from './plan.ts';

/** One plan for all schedules with the same: what is found for one of them serves the others. */
export interface SharedPlans {
  /** The plan that is known with the same hash and of the same hours, else this one from now on. */
  shared(plan: Plan): Plan;
  /** Forgets all, as the world they were made of has changed. */
  forget(): void;
}

/** Edits leave plans behind that no schedule has any more; of more than this all are forgotten. */
const mostPlans = 20_000;

/** No plans yet. Jitter is spread by a schedule's own id, so plans with it are never shared. */
export function createSharedPlans(): SharedPlans {
  const plans = new Map<string, Plan>();
  return {
    shared: (plan) => {
      if (plan.rhythm?.jitter !== undefined) return plan;
      const known = plans.get(plan.hash);
      // Calendars are no part of the hash: hours that were resolved anew may close at other times.
      if (known?.hours === plan.hours && known.source === plan.source) return known;
      if (plans.size >= mostPlans) plans.clear();
      plans.set(plan.hash, plan);
      return plan;
    },
    forget: () => {
      plans.clear();
    },
  };
}
