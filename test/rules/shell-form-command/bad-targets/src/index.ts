export const name = 'fixture';
