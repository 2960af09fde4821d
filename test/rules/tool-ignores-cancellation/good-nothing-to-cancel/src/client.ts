import { Client } from 'slow-client';

export const client = new Client();
