import type { NoticeName, ZoneMove, ZonesView } from '../../contract/zones.ts';
import { Button } from '../components/Button.tsx';
import { Notice } from '../components/Notice.tsx';
import { perform } from '../state/client.ts';
import { say } from '../state/toasts.ts';
import { useHost } from '../state/use-host.ts';
import { useSettings } from '../state/use-settings.ts';
import { go } from './route.ts';

/** Says that this computer has moved, or that its zone data differs, until somebody puts it away. */
export function ZoneNotices() {
  const zones = useHost(({ host }) => host?.zones ?? null);
  if (zones === null) return null;
  return (
    <>
      {zones.move !== null && <MoveNotice move={zones.move} />}
      {zones.warns && <DataNotice zones={zones} />}
    </>
  );
}

function Dismiss({ notice }: { readonly notice: NoticeName }) {
  return (
    <Button size="s" onPress={() => void perform('dismissNotice', { notice })}>
      Dismiss
    </Button>
  );
}

function MoveNotice({ move }: { readonly move: ZoneMove }) {
  const mayKeep = useSettings(
    ({ settings }) =>
      settings !== null &&
      settings.values.timezone === null &&
      settings.locked.timezone === undefined,
  );
  const keep = async (): Promise<void> => {
    if ((await perform('changeSettings', { timezone: move.from })) === null) return;
    await perform('dismissNotice', { notice: 'zone-move' });
    say(`Schedules without a zone of their own stay in ${move.from}.`);
  };
  const isDecision = mayKeep && move.follow > 0;
  return (
    <Notice
      label="This computer moved"
      tone={isDecision ? 'person' : 'plain'}
      actions={
        <>
          {isDecision && (
            <Button size="s" onPress={() => void keep()}>
              Keep {move.from}
            </Button>
          )}
          <Dismiss notice="zone-move" />
        </>
      }
    >
      <p role="status">{move.text}</p>
    </Notice>
  );
}

function DataNotice({ zones }: { readonly zones: ZonesView }) {
  const differences = zones.comparison?.differences ?? [];
  return (
    <Notice
      label="Zone data differs"
      tone="person"
      actions={
        <>
          {differences.length > 1 && (
            <Button size="s" onPress={() => go({ view: 'settings' })}>
              All {differences.length} zones
            </Button>
          )}
          <Dismiss notice="zone-data" />
        </>
      }
    >
      <p role="status">{differences[0]?.text}</p>
    </Notice>
  );
}
