import type { ReactElement, ReactNode } from 'react';
import { Tooltip, TooltipTrigger } from 'react-aria-components';
import styles from './Tip.module.css';

/** What a tip takes. */
export interface TipProps {
  readonly text: ReactNode;
  /** One focusable element: a button, or a `Focusable`. */
  readonly children: ReactElement;
  readonly delayMs?: number;
}

/** A tooltip: appears under the pointer after a moment, at once on keyboard focus, and goes with Escape. */
export function Tip({ text, children, delayMs = 500 }: TipProps) {
  return (
    <TooltipTrigger delay={delayMs} closeDelay={80}>
      {children}
      <Tooltip className={styles.tip ?? ''} offset={6}>
        {text}
      </Tooltip>
    </TooltipTrigger>
  );
}
