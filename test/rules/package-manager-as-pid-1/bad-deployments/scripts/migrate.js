console.error('nothing to migrate');
