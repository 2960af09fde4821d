/** Reads a page. */
export async function page({ url }) {
  console.error('page: started')
  try {
    const response = await fetch(url)
    return { content: [{ type: 'text', text: await response.text() }] }
  } finally {
    console.error('page: ended')
  }
}
