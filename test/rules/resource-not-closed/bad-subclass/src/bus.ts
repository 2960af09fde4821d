import { Queue } from 'bullmq';

export class Bus extends Queue {
  constructor() {
    super('reports');
  }
}
