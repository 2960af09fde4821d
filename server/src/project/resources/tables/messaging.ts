import type { ResourceRow } from '../row.ts';

const queue = {
  kind: 'queue',
  step: 'data',
  settles: 'promise',
  keepsAlive: true,
  atExit: 'left behind',
} as const;

const search = { ...queue, kind: 'search', keepsAlive: false, atExit: 'nothing' } as const;

/** Brokers, job queues, search engines and mail. */
export const messaging: readonly ResourceRow[] = [
  {
    ...queue,
    id: 'kafkajs',
    what: 'Kafka client',
    modules: ['kafkajs'],
    opens: ['Kafka().producer()', 'Kafka().consumer()', 'Kafka().admin()'],
    releases: ['x.disconnect()'],
    mayHang: true,
  },
  {
    ...queue,
    id: 'amqplib',
    what: 'RabbitMQ connection',
    modules: ['amqplib', 'amqp-connection-manager'],
    opens: ['connect()'],
    releases: ['x.close()'],
    again: 'rejects',
  },
  {
    ...queue,
    id: 'bullmq',
    what: 'job queue',
    modules: ['bullmq', 'bull'],
    opens: ['Queue()', 'Worker()', 'QueueEvents()', 'FlowProducer()', '()'],
    releases: ['x.close()'],
    mayHang: true,
  },
  {
    ...queue,
    id: 'nats',
    what: 'NATS connection',
    modules: ['nats', '@nats-io/transport-node'],
    opens: ['connect()'],
    releases: ['x.drain()', 'x.close()'],
    atExit: 'loses data',
    again: 'rejects',
  },
  {
    ...queue,
    id: 'mqtt',
    what: 'MQTT connection',
    modules: ['mqtt'],
    opens: ['connect()', 'connectAsync()'],
    releases: ['x.endAsync()', 'x.end()'],
  },
  {
    ...search,
    id: 'elasticsearch',
    what: 'Elasticsearch client',
    modules: ['@elastic/elasticsearch', '@opensearch-project/opensearch'],
    opens: ['Client()'],
    releases: ['x.close()'],
  },
  {
    ...queue,
    id: 'imapflow',
    what: 'IMAP connection',
    kind: 'mail',
    modules: ['imapflow'],
    opens: ['ImapFlow()'],
    releases: ['x.logout()', 'x.close()'],
    atOnce: ['x.close()'],
  },
  {
    ...queue,
    id: 'nodemailer-pool',
    what: 'SMTP transport',
    kind: 'mail',
    modules: ['nodemailer'],
    opens: ['createTransport()'],
    onlyWith: ['pool'],
    releases: ['x.close()'],
    settles: 'at once',
    keepsAlive: false,
    atExit: 'nothing',
  },
];
