import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button,
  FieldError,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
  Text,
} from 'react-aria-components';
import { classes } from './classes.ts';
import field from './Field.module.css';
import menu from './Menu.module.css';

/** One choice: its value, its word, and where it helps a short explanation. */
export interface Choice<Value extends string = string> {
  readonly id: Value;
  readonly label: string;
  readonly description?: string | undefined;
}

/** What a select takes. */
export interface SelectProps<Value extends string> {
  readonly label?: ReactNode;
  readonly 'aria-label'?: string;
  readonly description?: ReactNode;
  readonly fault?: string | null | undefined;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  readonly placeholder?: string;
  readonly isDisabled?: boolean;
}

/** One of a few choices; typing jumps to the choice that begins so. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, description, fault = null, choices, value, onChange, isDisabled = false } = props;
  const name = props['aria-label'];
  return (
    <AriaSelect
      className={field.field ?? ''}
      {...(name === undefined ? {} : { 'aria-label': name })}
      placeholder={props.placeholder ?? 'Choose…'}
      value={value}
      isDisabled={isDisabled}
      isInvalid={fault !== null}
      onChange={(key) => {
        const chosen = choices.find((choice) => choice.id === key);
        if (chosen !== undefined) onChange(chosen.id);
      }}
    >
      {label !== undefined && <Label className={field.label}>{label}</Label>}
      <Button className={field.trigger ?? ''}>
        <SelectValue className={field.triggerText ?? ''} />
        <ChevronDown className={field.chevron} aria-hidden="true" />
      </Button>
      {description !== undefined && fault === null && (
        <Text slot="description" className={field.help}>
          {description}
        </Text>
      )}
      <FieldError className={field.fault ?? ''}>{fault}</FieldError>
      <Popover className={classes(menu.popover, menu.asWide)} offset={4}>
        <ListBox className={menu.list ?? ''} items={choices}>
          {(choice) => <ChoiceItem choice={choice} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

/** One line of a list of choices, its check mark first. */
export function ChoiceItem({ choice }: { readonly choice: Choice }) {
  return (
    <ListBoxItem id={choice.id} textValue={choice.label} className={menu.item ?? ''}>
      {({ isSelected }) => (
        <>
          <span className={menu.mark} aria-hidden="true">
            {isSelected && <Check />}
          </span>
          <Text slot="label" className={menu.words}>
            {choice.label}
          </Text>
          {choice.description !== undefined && (
            <Text slot="description" className={menu.explanation}>
              {choice.description}
            </Text>
          )}
        </>
      )}
    </ListBoxItem>
  );
}
