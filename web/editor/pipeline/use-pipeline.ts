import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import {
  EMPTY_PIPELINE,
  type Pipeline,
  type PipelineEvent,
  pipelineFromText,
  pipelineToText,
  reducePipeline,
} from './pipeline.model.js';

/** Parameter of the address that holds the pipeline, so that reload, back and a shared link keep it. */
const PARAMETER = 'pipeline';

/** The pipeline of the editor; the one of the address at first. */
export function usePipeline(): { pipeline: Signal<Pipeline>; change(event: PipelineEvent): void } {
  const pipeline = useSignal(EMPTY_PIPELINE);
  useEffect(() => {
    const text = new URL(location.href).searchParams.get(PARAMETER);
    if (text) change({ type: 'REPLACED', operations: pipelineFromText(text) });
  }, []);
  const change = (event: PipelineEvent) => {
    pipeline.value = reducePipeline(pipeline.value, event);
    const address = new URL(location.href);
    const text = pipelineToText(pipeline.value.steps);
    if (text) address.searchParams.set(PARAMETER, text);
    else address.searchParams.delete(PARAMETER);
    history.replaceState(history.state, '', address);
  };
  return { pipeline, change };
}
