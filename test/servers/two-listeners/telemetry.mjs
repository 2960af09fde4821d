import { NodeSDK } from '@opentelemetry/sdk-node';

const sdk = new NodeSDK({ serviceName: 'two-listeners' });

export function startTelemetry() {
  sdk.start();
  process.on('SIGTERM', () => {
    sdk
      .shutdown()
      .then(() => console.log('traces sent'))
      .catch((error) => console.log('traces lost', error))
      .finally(() => process.exit(0));
  });
}
