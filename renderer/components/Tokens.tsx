import { X } from 'lucide-react';
import { useRef } from 'react';
import { IconButton } from './Button.tsx';
import styles from './Tokens.module.css';

/** One token: its value, its words, and how the button that takes it out is called. */
export interface Token {
  readonly id: string;
  readonly words: string;
  readonly removeLabel: string;
}

/** What a list of tokens takes. */
export interface TokensProps {
  readonly 'aria-label': string;
  readonly tokens: readonly Token[];
  readonly onRemove: (id: string) => void;
}

/** Things that were added, each with a button to take it out; the focus stays among them. */
export function Tokens({ tokens, onRemove, ...rest }: TokensProps) {
  const list = useRef<HTMLUListElement>(null);
  const remove = (id: string, index: number): void => {
    const buttons = list.current?.querySelectorAll('button');
    (buttons?.[index + 1] ?? buttons?.[index - 1])?.focus();
    onRemove(id);
  };
  return (
    <ul ref={list} className={styles.tokens} aria-label={rest['aria-label']}>
      {tokens.map(({ id, words, removeLabel }, index) => (
        <li key={id} className={styles.token}>
          {words}
          <IconButton
            label={removeLabel}
            onPress={() => {
              remove(id, index);
            }}
          >
            <X aria-hidden="true" />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
