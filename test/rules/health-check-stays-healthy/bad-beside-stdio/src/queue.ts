/** Scripts that wait for their turn. */
export const queue: { waiting: string[] } = { waiting: [] };
