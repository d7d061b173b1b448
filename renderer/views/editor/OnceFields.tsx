import { WallTimeInput } from '../explain/WallTimeInput.tsx';
import { useField } from './form.ts';

/** A single time on the schedule's clock. */
export function OnceFields() {
  const once = useField('trigger.once');
  return (
    <div data-field="trigger.once">
      <WallTimeInput
        label="Once"
        value={once.value}
        fault={once.fault}
        onChange={once.change}
        onLeave={once.leave}
      />
    </div>
  );
}
