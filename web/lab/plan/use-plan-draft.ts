import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import type { PlanDraft } from './plan.model.js';
import { differingSettings, readPlanAddress, writePlanAddress } from './plan-address.model.js';
import { draftOf } from './plan-presets.model.js';

/** The address follows the form when this time has passed without another change, in ms. */
const PAUSE_MS = 350;

/** The plan of the form. Its settings are in the address, so that a reload, a link and the way back keep them. */
export function usePlanDraft(processors: number): Signal<PlanDraft> {
  const { path, query, route } = useLocation();
  const first = draftOf('QUICK', processors);
  const settings = readPlanAddress(query);
  const draft = useSignal({ ...first, ...settings });
  const shown = writePlanAddress(settings);
  const wanted = writePlanAddress(differingSettings(draft.value, first));
  const known = useRef(shown);
  useEffect(() => {
    if (shown === known.current) return;
    // The user has followed a link or gone back.
    known.current = shown;
    draft.value = { ...first, ...settings };
  }, [shown]);
  useEffect(() => {
    if (wanted === known.current) return;
    const timer = setTimeout(() => {
      known.current = wanted;
      route(`${path}${wanted}`, true);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  return draft;
}
