import { createContext, useContext, useLayoutEffect, useState, type RefObject } from 'react';
import { VisuallyHidden } from 'react-aria-components';
import { Column, type ColumnProps } from '../../components/Table.tsx';

/** How much room a list has; where it gets narrow the strip keeps its newest part. */
export type Room = 'wide' | 'middle' | 'narrow';

interface Widths {
  readonly next: number;
  readonly last: number;
  readonly strip: number;
}

const widths: Readonly<Record<Room, Widths>> = {
  wide: { next: 206, last: 214, strip: 166 },
  middle: { next: 164, last: 172, strip: 96 },
  narrow: { next: 148, last: 158, strip: 66 },
};

/** The room of the list around these columns. */
export const RoomContext = createContext<Room>('wide');

function roomOf(widthPx: number): Room {
  if (widthPx > 1000) return 'wide';
  return widthPx > 760 ? 'middle' : 'narrow';
}

/** The room of an element, measured before it is first painted and whenever its size changes. */
export function useRoom(element: RefObject<HTMLElement | null>): Room {
  const [room, setRoom] = useState<Room>('wide');
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return;
    const measure = (): void => setRoom(roomOf(current.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return room;
}

/** Without the other a column never gets narrower than 75. */
function exactly(width: number): Pick<ColumnProps, 'width' | 'minWidth'> {
  return { width, minWidth: width };
}

/** The heads of the list; the name takes what the others leave. */
export function ScheduleColumns() {
  const { next, last, strip } = widths[useContext(RoomContext)];
  return (
    <>
      <Column id="name" isRowHeader>
        Name
      </Column>
      <Column id="next" {...exactly(next)}>
        Next run
      </Column>
      <Column id="last" {...exactly(last)}>
        Last outcome
      </Column>
      <Column id="strip" {...exactly(strip)}>
        Last 30
      </Column>
      <Column id="enabled" {...exactly(52)}>
        On
      </Column>
      <Column id="actions" {...exactly(140)}>
        <VisuallyHidden>Actions</VisuallyHidden>
      </Column>
    </>
  );
}
