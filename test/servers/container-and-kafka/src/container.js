import { asFunction, asValue, createContainer } from 'awilix';
import { Kafka } from 'kafkajs';
import pino from 'pino';

export const container = createContainer();

container.register({
  config: asValue({ brokers: (process.env.KAFKA_BROKERS ?? 'localhost:9092').split(',') }),
  logger: asFunction(() => pino()).singleton(),
  producer: asFunction(({ config }) => new Kafka({ clientId: 'events-mcp', brokers: config.brokers }).producer())
    .singleton()
    .disposer((producer) => producer.disconnect()),
});
