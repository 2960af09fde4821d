export interface Service {
  start(): Promise<void>;
  stop(): Promise<void>;
}

export async function bootstrap(service: Service): Promise<void> {
  await service.start();
  process.on('SIGTERM', () => {
    service.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}
