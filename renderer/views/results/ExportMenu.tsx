import { Braces, Download, FileSpreadsheet } from 'lucide-react';
import type { ScheduleView } from '../../../contract/views.ts';
import { Button } from '../../components/Button.tsx';
import { Menu } from '../../components/Menu.tsx';
import { perform } from '../../state/client.ts';
import { say } from '../../state/toasts.ts';
import { saveText } from './save-text.ts';

/** What the export menu takes. */
export interface ExportMenuProps {
  readonly schedule: ScheduleView;
  readonly gone: boolean;
  readonly isDisabled: boolean;
}

/** Saves the rows as a file: CSV for a spreadsheet, JSON or JSON Lines for a script. */
export function ExportMenu({ schedule, gone, isDisabled }: ExportMenuProps) {
  const save = async (format: 'csv' | 'json' | 'jsonl'): Promise<void> => {
    const file = await perform('exportRecords', { id: schedule.id, format, gone });
    if (file === null) return;
    saveText(file);
    say(`${file.fileName} was saved.`);
  };
  return (
    <Menu
      label="Export"
      button={
        <Button icon={<Download />} isDisabled={isDisabled}>
          Export
        </Button>
      }
      entries={[
        {
          id: 'csv',
          label: 'CSV, for a spreadsheet',
          icon: <FileSpreadsheet />,
          onAction: () => void save('csv'),
        },
        { id: 'json', label: 'JSON', icon: <Braces />, onAction: () => void save('json') },
        { id: 'jsonl', label: 'JSON Lines', icon: <Braces />, onAction: () => void save('jsonl') },
      ]}
    />
  );
}
