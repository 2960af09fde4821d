export async function deploy(files: string[]) {
  if (files.length === 0) throw new Error('Nothing to deploy');
  return upload(files);
}

async function upload(files: string[]) {
  return `https://deploy.example/${encodeURIComponent(files.join())}`;
}
