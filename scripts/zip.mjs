const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;

/**
 * The names of the files in a ZIP archive, as its central directory lists them.
 *
 * @param {Buffer} archive
 * @returns {string[]}
 * @throws when it is no ZIP archive
 */
export function listZip(archive) {
  const end = findEnd(archive);
  const count = archive.readUInt16LE(end + 10);
  const names = [];
  let offset = archive.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (archive.readUInt32LE(offset) !== entrySignature) throw new Error('The archive is damaged.');
    const nameLength = archive.readUInt16LE(offset + 28);
    const extraLength = archive.readUInt16LE(offset + 30);
    const commentLength = archive.readUInt16LE(offset + 32);
    names.push(archive.toString('utf8', offset + 46, offset + 46 + nameLength));
    offset += 46 + nameLength + extraLength + commentLength;
  }
  return names;
}

/** The end record stands last, before a comment of up to 64 KiB. */
function findEnd(archive) {
  for (let offset = archive.length - 22; offset >= 0; offset -= 1) {
    if (archive.readUInt32LE(offset) === endSignature) return offset;
  }
  throw new Error('This is no ZIP archive.');
}
