import type { ReactNode } from 'react';
import { CalendarField } from './CalendarField.tsx';
import styles from './ClosedFields.module.css';
import { DateList } from './DateList.tsx';
import { HolidaysField } from './HolidaysField.tsx';
import type { HoursDraft } from './hours-draft.ts';

/** A part of hours that closes them whatever their week says. */
export type ClosedPart = 'dates' | 'holidays' | 'ics';

/** What the fields of closed days take. */
export interface ClosedFieldsProps {
  readonly hours: HoursDraft;
  readonly onChange: (hours: HoursDraft) => void;
  readonly faultAt: (part: ClosedPart) => string | null;
  /** The zone in which times are shown; left out: this computer's. */
  readonly timezone: string | undefined;
}

/** What closes hours whatever their week says: dates, public holidays, a calendar. */
export function ClosedFields({ hours, onChange, faultAt, timezone }: ClosedFieldsProps) {
  return (
    <div className={styles.closed} role="group" aria-label="Closed whatever the week says">
      <Row part="dates" label="Never on">
        <DateList
          dates={hours.dates}
          fault={faultAt('dates')}
          onChange={(dates) => {
            onChange({ ...hours, dates });
          }}
        />
      </Row>
      <Row part="holidays" label="Public holidays">
        <HolidaysField
          holidays={hours.holidays}
          timezone={timezone}
          fault={faultAt('holidays')}
          onChange={(holidays) => {
            onChange({ ...hours, holidays });
          }}
        />
      </Row>
      <Row part="ics" label="Calendar">
        <CalendarField
          ics={hours.ics}
          timezone={timezone}
          fault={faultAt('ics')}
          onChange={(ics) => {
            onChange({ ...hours, ics });
          }}
        />
      </Row>
    </div>
  );
}

interface RowProps {
  readonly part: ClosedPart;
  readonly label: string;
  readonly children: ReactNode;
}

function Row({ part, label, children }: RowProps) {
  return (
    <div className={styles.row} data-field={`hours.own.${part}`}>
      <span className={styles.label}>{label}</span>
      <div className={styles.value}>{children}</div>
    </div>
  );
}
