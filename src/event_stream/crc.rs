//! CRC-32 as in RFC 1952 (the polynomial of gzip, reflected), with a table of one kilobyte.

const TABLE: [u32; 256] = table();

#[expect(
    clippy::indexing_slicing,
    reason = "evaluated by the compiler, which stops at an index out of range"
)]
const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut byte: u8 = 0;
    loop {
        let mut rest = byte as u32;
        let mut bit: u32 = 0;
        while bit < 8 {
            rest = match rest & 1 {
                0 => rest >> 1,
                _ => (rest >> 1) ^ 0xedb8_8320,
            };
            bit = bit.saturating_add(1);
        }
        table[byte as usize] = rest;
        if byte == u8::MAX {
            return table;
        }
        byte = byte.saturating_add(1);
    }
}

/// The checksum of some bytes.
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        let [low, ..] = crc.to_le_bytes();
        let entry = TABLE.get(usize::from(low ^ byte));
        (crc >> 8) ^ entry.copied().unwrap_or_default()
    })
}
