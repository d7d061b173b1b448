import { afterEach, describe, expect, it } from 'vitest';
import {
  go,
  guardLeaving,
  type Route,
  routeHash,
  routeOf,
} from '../../../../renderer/app/route.ts';

afterEach(() => {
  guardLeaving(null);
});

describe('renderer/app/route', () => {
  it.each<Route>([
    { view: 'schedules' },
    { view: 'editor', schedule: null },
    { view: 'editor', schedule: 'flink-posts' },
    { view: 'runs', schedule: undefined, outcomes: [] },
    { view: 'runs', schedule: 'flink-posts', outcomes: ['timed-out'] },
    { view: 'runs', schedule: undefined, outcomes: ['failed', 'timed-out', 'missed'] },
    { view: 'editor', schedule: 'flink-posts', field: 'missed.grace' },
    { view: 'run', row: 'r12' },
    { view: 'run', row: 's34' },
    { view: 'results', schedule: undefined },
    { view: 'results', schedule: 'flink-posts' },
    { view: 'hours' },
    { view: 'status' },
    { view: 'settings' },
  ])('finds back to $view from its own fragment', (route) => {
    expect(routeOf(routeHash(route))).toEqual(route);
  });

  it('leads to the schedules from a fragment nobody knows', () => {
    expect(routeOf('')).toEqual({ view: 'schedules' });
    expect(routeOf('#/nowhere')).toEqual({ view: 'schedules' });
    expect(routeOf('#token=abc')).toEqual({ view: 'schedules' });
  });

  it('takes a number alone for a run’s', () => {
    expect(routeOf('#/runs/12')).toEqual({ view: 'run', row: 'r12' });
    expect(routeOf('#/runs/x12')).toMatchObject({ view: 'runs' });
  });

  it('drops a filter that isn’t an outcome', () => {
    expect(routeOf('#/runs?outcome=splendid&outcome=failed')).toEqual({
      view: 'runs',
      schedule: undefined,
      outcomes: ['failed'],
    });
  });

  it('asks the guard before it leaves, and goes when the guard lets it', () => {
    go({ view: 'hours' });
    const asked: (() => void)[] = [];
    guardLeaving((proceed) => asked.push(proceed));
    go({ view: 'settings' });
    expect(window.location.hash).toBe('#/hours');
    asked[0]?.();
    expect(window.location.hash).toBe('#/settings');
  });
});
