import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './SettingsView.module.css';

/** A group of settings under its heading. */
export function SettingsSection({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <section className={styles.section}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** What a setting's row takes. */
export interface SettingRowProps {
  readonly name: string;
  readonly help?: ReactNode;
  /** The variable of the environment that has locked it. */
  readonly lockedBy?: string | undefined;
  /** Its control, named by `aria-label`. */
  readonly children: ReactNode;
  /** At the right edge, for switches and other small controls. */
  readonly right?: boolean;
}

/** One setting: what it is, what it does, and its control. */
export function SettingRow({ name, help, lockedBy, children, right = false }: SettingRowProps) {
  return (
    <div className={styles.row}>
      <div>
        <div className={styles.name}>{name}</div>
        {help !== undefined && <p className={styles.help}>{help}</p>}
        {lockedBy !== undefined && (
          <p className={styles.locked}>
            <Lock aria-hidden="true" />
            <span>
              Set by the environment (<code>{lockedBy}</code>)
            </span>
          </p>
        )}
      </div>
      <div className={right ? styles.right : styles.control}>{children}</div>
    </div>
  );
}
