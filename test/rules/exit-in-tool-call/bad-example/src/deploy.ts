export async function deploy(files: string[]) {
  if (files.length === 0) {
    console.error('Nothing to deploy');
    process.exit(1);
  }
  return upload(files);
}

async function upload(files: string[]) {
  return `https://deploy.example/${encodeURIComponent(files.join())}`;
}
