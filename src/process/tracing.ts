/** Sends spans by OTLP over HTTP. Loaded only if the settings require it; other code uses `@opentelemetry/api`. */
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { context, DiagLogLevel, diag, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import packageJson from '../../package.json' with { type: 'json' };

/** Time limit at the end of the process for a collector that does not answer. */
const FLUSH_MS = 1_500;

/**
 * Sends the spans of this process to the address in the OTEL_EXPORTER_OTLP_* variables, which the exporter reads
 * itself. A trace that comes with a request is recorded if its sender has decided so; every other trace is recorded.
 */
export function startTracing(logger: Logger): { close(): Promise<void> } {
  const warn = (message: string) => logger.warn({ message }, 'spans cannot be sent');
  diag.setLogger(
    { error: warn, warn, info: () => undefined, debug: () => undefined, verbose: () => undefined },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const ours = resourceFromAttributes({
    'service.name': 'nogil-bench',
    'service.version': packageJson.version,
    'host.name': hostname(),
    'process.pid': process.pid,
  });
  const fromEnvironment = detectResources({ detectors: [envDetector] });
  const provider = new TracerProvider({
    resource: defaultResource().merge(ours).merge(fromEnvironment),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return {
    close: () =>
      Promise.race([
        provider.shutdown().catch((error) => warn(String(error))),
        delay(FLUSH_MS, undefined, { ref: false }),
      ]),
  };
}
