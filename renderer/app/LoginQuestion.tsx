import { Button } from '../components/Button.tsx';
import { Notice } from '../components/Notice.tsx';
import { perform } from '../state/client.ts';
import { useHost } from '../state/use-host.ts';

/** Asks once, at the first start of an installed app, whether to start at login; then never again. */
export function LoginQuestion() {
  const asks = useHost(({ host }) => host?.askStartAtLogin ?? false);
  if (!asks) return null;
  const answer = (startAtLogin: boolean): void => {
    void perform('changeSettings', { startAtLogin });
  };
  return (
    <Notice
      label="Start at login"
      tone="question"
      actions={
        <>
          <Button onPress={() => answer(false)}>Not now</Button>
          <Button variant="primary" onPress={() => answer(true)}>
            Start at login
          </Button>
        </>
      }
    >
      <h2>Start Jackdaw when you log in?</h2>
      <p>
        Schedules run only while Jackdaw does. It starts hidden, in the tray. You can change this in
        Settings.
      </p>
    </Notice>
  );
}
