import express from 'express';

// An ordinary web server of the same package: not this rule's business.
express().listen(8080);
process.on('SIGTERM', () => process.exit(0));
