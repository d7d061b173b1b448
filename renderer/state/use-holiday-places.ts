import { create } from 'zustand';
import type { HolidayPlace } from '../../contract/calendars.ts';
import { call } from './client.ts';

/** The countries and regions whose public holidays are known. */
export interface HolidayPlacesState {
  /** Null until they were asked for. */
  readonly places: readonly HolidayPlace[] | null;
  /** Why they couldn't be had, as one plain sentence. */
  readonly problem: string | null;
}

const unasked: HolidayPlacesState = { places: null, problem: null };

/** The places as main told them. They don't change while a window is open, so they are asked for once. */
export const useHolidayPlaces = create<HolidayPlacesState>()(() => unasked);

/** Asks for the places unless they are there; after a failure this tries again. */
export async function fetchHolidayPlaces(): Promise<void> {
  if (useHolidayPlaces.getState().places !== null) return;
  useHolidayPlaces.setState(unasked);
  const result = await call('listHolidayPlaces', {});
  if (!result.ok) useHolidayPlaces.setState({ places: null, problem: result.message });
  else if (result.value.length === 0)
    useHolidayPlaces.setState({
      places: null,
      problem: 'None could be read; start Jackdaw again.',
    });
  else useHolidayPlaces.setState({ places: result.value, problem: null });
}

/** Forgets the places, as a window does that is closed. */
export function forgetHolidayPlaces(): void {
  useHolidayPlaces.setState(unasked);
}
