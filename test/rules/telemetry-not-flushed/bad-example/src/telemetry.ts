import { NodeSDK } from '@opentelemetry/sdk-node';

export const telemetry = new NodeSDK({ serviceName: 'reports' });
telemetry.start();
