//! A workshop for ZIPs that no packer would make: every header says what the attacker likes.

/// One entry with its headers as the attacker likes them.
#[derive(Clone)]
pub struct Raw {
    pub name: Vec<u8>,
    pub local_name: Option<Vec<u8>>,
    pub data: Vec<u8>,
    pub method: u16,
    pub flags: u16,
    pub local_flags: Option<u16>,
    pub crc: u32,
    pub bytes: u32,
    pub local_bytes: Option<u32>,
    pub packed: u32,
    pub mode: u32,
    /// The low half of the external attributes: as DOS has them.
    pub attributes: u16,
    /// What the entry's own header says instead of CRC and sizes, which then stand in `behind`.
    pub later: bool,
    /// A data descriptor, or something that claims to be one.
    pub behind: Vec<u8>,
    pub comment: Vec<u8>,
    pub disk: u16,
    pub extra: Vec<u8>,
    /// Offset in the directory, where it lies.
    pub header: Option<u32>,
}

pub fn stored(name: &str, data: &[u8]) -> Raw {
    let mut crc = flate2::Crc::new();
    crc.update(data);
    Raw {
        name: name.as_bytes().to_vec(),
        local_name: None,
        data: data.to_vec(),
        method: 0,
        flags: 0,
        local_flags: None,
        crc: crc.sum(),
        bytes: data.len() as u32,
        local_bytes: None,
        packed: data.len() as u32,
        mode: 0o100_644,
        attributes: 0,
        later: false,
        behind: Vec::new(),
        comment: Vec::new(),
        disk: 0,
        extra: Vec::new(),
        header: None,
    }
}

pub fn deflated(name: &str, data: &[u8]) -> Raw {
    use std::io::Write;
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(data).unwrap();
    let packed = encoder.finish().unwrap();
    Raw { packed: packed.len() as u32, data: packed, method: 8, ..stored(name, data) }
}

pub fn pack(entries: &[Raw]) -> Vec<u8> {
    let u16 = |n: u16| n.to_le_bytes();
    let u32 = |n: u32| n.to_le_bytes();
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for e in entries {
        let start = e.header.unwrap_or(out.len() as u32);
        let local_name = e.local_name.as_ref().unwrap_or(&e.name);
        out.extend(b"PK\x03\x04\x14\0");
        out.extend([u16(e.local_flags.unwrap_or(e.flags)), u16(e.method), u16(0), u16(0x21)].concat());
        let local = [e.crc, e.packed, e.local_bytes.unwrap_or(e.bytes)];
        out.extend(if e.later { [0; 12].to_vec() } else { local.map(u32).concat() });
        out.extend([u16(local_name.len() as u16), u16(e.extra.len() as u16)].concat());
        out.extend([local_name, &e.extra, &e.data, &e.behind].map(Vec::as_slice).concat());
        directory.extend(b"PK\x01\x02\x14\x03\x14\0");
        directory.extend([u16(e.flags), u16(e.method), u16(0), u16(0x21)].concat());
        directory.extend([u32(e.crc), u32(e.packed), u32(e.bytes)].concat());
        directory.extend([u16(e.name.len() as u16), u16(e.extra.len() as u16)].concat());
        directory.extend([u16(e.comment.len() as u16), u16(e.disk), u16(0)].concat());
        directory.extend([u32(e.mode << 16 | u32::from(e.attributes)), u32(start)].concat());
        directory.extend([e.name.as_slice(), &e.extra, &e.comment].concat());
    }
    let (count, at) = (entries.len() as u16, out.len() as u32);
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([u16(count), u16(count)].concat());
    out.extend([u32(directory.len() as u32), u32(at)].concat());
    out.extend(u16(0));
    out
}
