export const greeting = 'There is no server in here.';
