import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button,
  ComboBox as AriaComboBox,
  FieldError,
  Input,
  Label,
  ListBox,
  ListLayout,
  Popover,
  Text,
  Virtualizer,
} from 'react-aria-components';
import { classes } from './classes.ts';
import field from './Field.module.css';
import menu from './Menu.module.css';
import { ChoiceItem, type Choice } from './Select.tsx';

/** What a combo box takes. */
export interface ComboBoxProps {
  readonly label?: ReactNode;
  readonly 'aria-label'?: string;
  readonly description?: ReactNode;
  readonly fault?: string | null | undefined;
  readonly choices: readonly Choice[];
  readonly value: string | null;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly isDisabled?: boolean;
}

const rowHeightPx = 30;

/** One of many choices (time zones): type to narrow, arrows to walk. The list draws only what shows. */
export function ComboBox(props: ComboBoxProps) {
  const { label, description, fault = null, choices, value, onChange, isDisabled = false } = props;
  const name = props['aria-label'];
  return (
    <AriaComboBox
      className={field.field ?? ''}
      {...(name === undefined ? {} : { 'aria-label': name })}
      defaultItems={choices}
      value={value}
      isDisabled={isDisabled}
      isInvalid={fault !== null}
      validationBehavior="aria"
      menuTrigger="focus"
      onChange={(key) => {
        if (typeof key === 'string') onChange(key);
      }}
    >
      {label !== undefined && <Label className={field.label}>{label}</Label>}
      <div className={field.group}>
        <Input className={field.input ?? ''} placeholder={props.placeholder ?? ''} />
        <Button className={field.chevronButton ?? ''}>
          <ChevronDown className={field.chevron} aria-hidden="true" />
        </Button>
      </div>
      {description !== undefined && fault === null && (
        <Text slot="description" className={field.help}>
          {description}
        </Text>
      )}
      <FieldError className={field.fault ?? ''}>{fault}</FieldError>
      <Popover className={classes(menu.popover, menu.asWide)} offset={4}>
        <Virtualizer layout={ListLayout} layoutOptions={{ rowSize: rowHeightPx, padding: 4 }}>
          <ListBox<Choice> className={classes(menu.list, menu.long)}>
            {(choice) => <ChoiceItem choice={choice} />}
          </ListBox>
        </Virtualizer>
      </Popover>
    </AriaComboBox>
  );
}
