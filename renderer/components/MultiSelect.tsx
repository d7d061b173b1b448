import { ChevronDown } from 'lucide-react';
import { Button, ListBox, Popover, Select as AriaSelect } from 'react-aria-components';
import { classes } from './classes.ts';
import field from './Field.module.css';
import menu from './Menu.module.css';
import { ChoiceItem, type Choice } from './Select.tsx';

/** What a select of several takes. */
export interface MultiSelectProps<Value extends string> {
  readonly 'aria-label': string;
  /** The word for none chosen, which stands for all; it leads the list and undoes every choice. */
  readonly all: string;
  /** The noun of several, `outcomes`, where their words are too many to be shown. */
  readonly noun: string;
  readonly choices: readonly Choice<Value>[];
  readonly value: readonly Value[];
  readonly onChange: (value: readonly Value[]) => void;
}

const allId = '';
const mostWords = 2;

/** Any number of a few choices, none meaning all; the list stays open until it is left. */
export function MultiSelect<Value extends string>(props: MultiSelectProps<Value>) {
  const { all, noun, choices, value, onChange } = props;
  const chosen = choices.filter(({ id }) => value.includes(id));
  const words =
    chosen.length === 0
      ? all
      : chosen.length <= mostWords
        ? chosen.map(({ label }) => label).join(', ')
        : `${String(chosen.length)} ${noun}`;
  return (
    <AriaSelect
      className={field.field ?? ''}
      aria-label={`${props['aria-label']}: ${words}`}
      selectionMode="multiple"
      value={value.length === 0 ? [allId] : [...value]}
      onChange={(keys) => {
        const isAllNew = value.length > 0 && keys.includes(allId);
        onChange(isAllNew ? [] : choices.map(({ id }) => id).filter((id) => keys.includes(id)));
      }}
    >
      <Button className={field.trigger ?? ''}>
        <span className={field.triggerText}>{words}</span>
        <ChevronDown className={field.chevron} aria-hidden="true" />
      </Button>
      <Popover className={classes(menu.popover, menu.asWide)} offset={4}>
        <ListBox<Choice>
          className={menu.list ?? ''}
          items={[{ id: allId, label: all }, ...choices]}
        >
          {(choice) => <ChoiceItem choice={choice} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
