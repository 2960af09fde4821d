import { describe, expect, test } from 'vitest';
import { telemetryNotFlushed } from '../../server/src/rules/telemetry-not-flushed.ts';
import { applyFixIn, openTelemetry, serverIn, startCollector } from '../support/flushedServers.ts';
import { realPackages } from '../support/realPackages.ts';
import { runAndStop } from '../support/runAndStop.ts';

const inTelemetry = realPackages(openTelemetry);

describe.skipIf(!inTelemetry)('OpenTelemetry', () => {
  const setup = `import { trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { NodeSDK } from '@opentelemetry/sdk-node';
const telemetry = new NodeSDK({
  serviceName: 'reports',
  traceExporter: new OTLPTraceExporter({ url: process.env.COLLECTOR }),
});
telemetry.start();
`;
  const spans = "for (let i = 0; i < 200; i += 1) trace.getTracer('tools').startSpan('call').end();";
  const run = (folder: string, url: string) => runAndStop(folder, 'index.js', { COLLECTOR: url });

  test('every span arrives after the fix', async () => {
    const folder = serverIn(setup, spans, openTelemetry, inTelemetry!);
    const collector = await startCollector();
    await run(folder, collector.url);
    expect(collector.spans).toBeLessThan(200);

    collector.spans = 0;
    await applyFixIn(folder, telemetryNotFlushed);
    const { code, stderr } = await run(folder, collector.url);
    expect({ code, stderr, spans: collector.spans }).toEqual({ code: 0, stderr: '', spans: 200 });
  });

  // The handler's own timer would end it with 1.
  test('a collector that is away, or does not answer, keeps nobody from the exit', async () => {
    const folder = serverIn(setup, spans, openTelemetry, inTelemetry!);
    await applyFixIn(folder, telemetryNotFlushed);
    const hanging = await startCollector(false);
    expect((await run(folder, hanging.url)).code).toBe(0);
    await hanging.stop();
    expect((await run(folder, hanging.url)).code).toBe(0);
  });
});
