import { expect } from '@playwright/test';
import { test } from './fixtures.ts';

/** What the preload gives the page, as an attacker sees it. */
interface Exposed {
  readonly jackdaw?: {
    call(name: unknown, input: unknown): Promise<{ readonly code?: string }>;
  };
}

test.beforeEach(async ({ page }) => {
  await expect(page.getByRole('heading', { name: 'Schedules' })).toBeVisible();
});

test('the page gets the client and nothing of Node or Electron', async ({ page }) => {
  const found = await page.evaluate(() => ({
    client: Object.keys((globalThis as Exposed).jackdaw ?? {}).sort(),
    foreign: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter(
      (name) => name in globalThis,
    ),
  }));
  expect(found).toEqual({ client: ['call', 'subscribe'], foreign: [] });
});

test('the policy forbids scripts and styles that Jackdaw did not send', async ({ page }) => {
  const refused = await page.evaluate(async () => {
    const heard: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) =>
      heard.push(event.effectiveDirective),
    );
    const script = document.createElement('script');
    script.textContent = 'globalThis.injected = true';
    const style = document.createElement('style');
    style.textContent = 'body { display: none }';
    document.head.append(script, style);
    await fetch('https://example.com/').catch(() => undefined);
    const image = new Image();
    image.src = 'https://example.com/x.png';
    await new Promise((resolve) => {
      image.onerror = resolve;
    });
    return { heard: [...new Set(heard)].sort(), injected: 'injected' in globalThis };
  });
  expect(refused).toEqual({
    heard: ['connect-src', 'img-src', 'script-src-elem', 'style-src-elem'],
    injected: false,
  });
  await expect(page.getByRole('heading', { name: 'Schedules' })).toBeVisible();
});

test('links open in the browser, never in the window', async ({ page, electronApp }) => {
  await page.evaluate(() => {
    open('https://example.com/opened');
    open('file:///etc/passwd');
    location.href = 'https://example.com/left';
  });
  const opened = (): Promise<readonly string[]> => electronApp.evaluate(() => jackdawSeen.opened);
  await expect.poll(opened).toEqual(['https://example.com/opened', 'https://example.com/left']);
  await expect(page.getByRole('heading', { name: 'Schedules' })).toBeVisible();
  expect(electronApp.windows()).toHaveLength(1);
});

test('a call with a bad input, an unknown name or no sense is refused as a value', async ({
  page,
}) => {
  const codes = await page.evaluate(async () => {
    const client = (globalThis as Exposed).jackdaw;
    const answers = [
      await client?.call('getSchedule', { id: 'nobody' }),
      await client?.call('getSchedule', { id: 'nobody', extra: 1 }),
      await client?.call('__proto__', {}),
      await client?.call('getStatus', () => 1),
    ];
    return answers.map((answer) => answer?.code);
  });
  expect(codes).toEqual(['not-found', 'invalid', 'not-found', 'internal']);
});
