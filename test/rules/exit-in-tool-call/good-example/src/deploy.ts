export async function deploy(files: string[]) {
  if (files.length === 0) throw new Error('Nothing to deploy');
  return upload(files);
}

async function upload(files: string[]) {
  const response = await fetch('https://deploy.example/', { method: 'POST', body: files.join() });
  return response.url;
}
