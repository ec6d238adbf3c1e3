//! The headers of a frame.

/// What a header holds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the wire's types")]
pub enum Value {
    Bool(bool),
    Byte(i8),
    Short(i16),
    Integer(i32),
    Long(i64),
    Bytes(Vec<u8>),
    Text(String),
    /// Milliseconds since 1970.
    Timestamp(i64),
    Uuid([u8; 16]),
}

/// Reads all headers of a frame; `None` when they are broken.
pub(super) fn read(bytes: &[u8]) -> Option<Vec<(String, Value)>> {
    let mut rest = Rest(bytes);
    let mut headers = Vec::new();
    while !rest.0.is_empty() {
        let [len] = rest.array()?;
        let name = text(rest.take(usize::from(len))?)?;
        headers.push((name, value(&mut rest)?));
    }
    Some(headers)
}

fn value(rest: &mut Rest<'_>) -> Option<Value> {
    let [kind] = rest.array()?;
    Some(match kind {
        0 => Value::Bool(true),
        1 => Value::Bool(false),
        2 => Value::Byte(i8::from_be_bytes(rest.array()?)),
        3 => Value::Short(i16::from_be_bytes(rest.array()?)),
        4 => Value::Integer(i32::from_be_bytes(rest.array()?)),
        5 => Value::Long(i64::from_be_bytes(rest.array()?)),
        6 => Value::Bytes(rest.long()?.to_vec()),
        7 => Value::Text(text(rest.long()?)?),
        8 => Value::Timestamp(i64::from_be_bytes(rest.array()?)),
        9 => Value::Uuid(rest.array()?),
        _ => return None,
    })
}

fn text(bytes: &[u8]) -> Option<String> {
    std::str::from_utf8(bytes).ok().map(str::to_owned)
}

/// The bytes not read yet.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    /// Bytes whose length stands before them.
    fn long(&mut self) -> Option<&'a [u8]> {
        let len = u16::from_be_bytes(self.array()?);
        self.take(usize::from(len))
    }
}
