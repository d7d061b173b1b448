import type { Trouble, TroubleCode } from '../../contract/troubles.ts';
import { Banner } from '../components/Banner.tsx';
import { Button } from '../components/Button.tsx';
import { RelativeTime } from '../components/RelativeTime.tsx';
import { perform } from '../state/client.ts';
import { say } from '../state/toasts.ts';
import { useHost } from '../state/use-host.ts';
import { go } from './route.ts';
import styles from './Troubles.module.css';

/** What is wrong with the host as a whole, above every screen, each with its remedy and its buttons. */
export function Troubles() {
  const troubles = useHost(({ host }) => host?.troubles ?? null);
  if (troubles === null || troubles.length === 0) return null;
  return (
    <div className={styles.troubles} role="region" aria-label="What is wrong">
      {troubles.map((trouble) => (
        <TroubleBanner key={trouble.code} trouble={trouble} />
      ))}
    </div>
  );
}

/** Troubles that stop everything are red; the others only want somebody to know or decide. */
const failures: ReadonlySet<TroubleCode> = new Set<TroubleCode>([
  'database',
  'scheduler',
  'disk-full',
]);

function TroubleBanner({ trouble }: { readonly trouble: Trouble }) {
  return (
    <Banner
      tone={failures.has(trouble.code) ? 'failure' : 'person'}
      actions={<TroubleActions code={trouble.code} />}
    >
      <strong className={styles.message}>{trouble.message}</strong> {trouble.remedy}{' '}
      <span className={styles.since}>
        Since <RelativeTime at={trouble.since} absolute="only" />.
      </span>
    </Banner>
  );
}

async function tryAgain(): Promise<void> {
  const answer = await perform('tryAgain', {});
  if (answer === null) return;
  if (answer.troubles.length === 0) say('All is well again.');
}

function TryAgain() {
  return (
    <Button size="s" onPress={() => void tryAgain()}>
      Try again
    </Button>
  );
}

function TroubleActions({ code }: { readonly code: TroubleCode }) {
  switch (code) {
    case 'database':
      return (
        <>
          <Button size="s" onPress={() => go({ view: 'settings' })}>
            Backups
          </Button>
          <TryAgain />
        </>
      );
    case 'scheduler':
    case 'read-only':
    case 'disk-full':
    case 'busy':
      return <TryAgain />;
    case 'repaired':
      return (
        <Button size="s" onPress={() => void perform('dismissNotice', { notice: 'repaired' })}>
          Dismiss
        </Button>
      );
    case 'low-space':
    case 'quarantined':
      return null;
  }
}
