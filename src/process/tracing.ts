/** Sends spans by OTLP over HTTP. Loaded where the settings ask for it alone; everything else knows `@opentelemetry/api`. */
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

/** A collector that does not answer must not hold up the end of the process. */
const FLUSH_MS = 1_500;

/**
 * Makes the spans of this process go where the OTEL_EXPORTER_OTLP_* variables say, which the exporter reads itself. A
 * trace that comes with a request goes on as its sender decided; every other is recorded.
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
