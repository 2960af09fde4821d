interface Settings {
  readonly address: string;
}

let loaded: Settings | undefined;

export function settings(): Settings {
  if (!loaded) loaded = load();
  return loaded;
}

function load(): Settings {
  const address = process.env.MAIL_ADDRESS;
  if (!address) {
    console.error('MAIL_ADDRESS is not set.');
    process.exit(1);
  }
  return { address };
}
