// Competes with the other listener: another rule speaks of it.
process.on('SIGTERM', () => process.exit(0));
