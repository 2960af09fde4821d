export const commands = [
  {
    name: 'doctor',
    description: 'Checks the installation',
    parameters: {},
    run: async () => {
      console.log('all is well');
      process.exit(0);
    },
  },
];
