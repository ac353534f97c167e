//! Protocol buffers, read once from front to back; what nobody asks for is passed over unread.
//!
//! It knows no message, and trusts no length in the file. Encoding:
//! <https://protobuf.dev/programming-guides/encoding/>.

use std::io::{self, Read, Seek};

use super::BadGraph;

/// Longer than any name in a graph.
pub(super) const MAX_TEXT: u64 = 4096;

/// A field's content, not read yet where it is long.
pub(super) enum Field {
    /// A number.
    Number(u64),
    /// A text, a message or bytes, up to this position.
    Bytes(u64),
    /// A number of fixed width, up to this position; none of them is of interest.
    Fixed(u64),
}

/// A file of protocol buffers, and how far it has been read.
pub(super) struct Wire<S> {
    source: S,
    position: u64,
    length: u64,
}

impl<S: Read + Seek> Wire<S> {
    /// A file that has `length` bytes.
    pub(super) fn new(source: S, length: u64) -> Self {
        Self {
            source,
            position: 0,
            length,
        }
    }

    /// The next field of the message that ends at `end`, and its number.
    pub(super) fn field(&mut self, end: u64) -> Result<Option<(u64, Field)>, BadGraph> {
        if self.position >= end {
            return Ok(None);
        }
        let start = self.position;
        let key = self.number(end)?;
        let field = match key & 7 {
            0 => Field::Number(self.number(end)?),
            1 => Field::Fixed(self.ahead(8, end)?),
            2 => {
                let length = self.number(end)?;
                Field::Bytes(self.ahead(length, end)?)
            }
            5 => Field::Fixed(self.ahead(4, end)?),
            _ => return Err(BadGraph::Broken { at: start }),
        };
        match key >> 3 {
            0 => Err(BadGraph::Broken { at: start }),
            number => Ok(Some((number, field))),
        }
    }

    /// How many bytes were read or passed over.
    pub(super) fn position(&self) -> u64 {
        self.position
    }

    /// How many bytes there are from here to `end`.
    pub(super) fn distance(&self, end: u64) -> u64 {
        end.saturating_sub(self.position)
    }

    /// Passes over a field.
    pub(super) fn skip(&mut self, field: &Field) -> Result<(), BadGraph> {
        let distance = match field {
            Field::Number(_) => 0,
            Field::Bytes(end) | Field::Fixed(end) => end.saturating_sub(self.position),
        };
        let forward = i64::try_from(distance).map_err(|_| self.broken())?;
        self.source.seek_relative(forward)?;
        self.position += distance;
        Ok(())
    }

    /// The text from here to `end`.
    pub(super) fn text(&mut self, end: u64) -> Result<String, BadGraph> {
        let start = self.position;
        let length = end.saturating_sub(start);
        let length = match usize::try_from(length) {
            Ok(short) if length <= MAX_TEXT => short,
            _ => return Err(BadGraph::LongName { at: start }),
        };
        let mut bytes = vec![0; length];
        self.exactly(&mut bytes)?;
        String::from_utf8(bytes).map_err(|_| BadGraph::Broken { at: start })
    }

    /// The whole number of 4 or 8 bytes from here to `end`; what has another length is passed over.
    pub(super) fn fixed(&mut self, end: u64) -> Result<Option<i64>, BadGraph> {
        Ok(match self.distance(end) {
            4 => {
                let mut bytes = [0; 4];
                self.exactly(&mut bytes)?;
                Some(i32::from_le_bytes(bytes).into())
            }
            8 => {
                let mut bytes = [0; 8];
                self.exactly(&mut bytes)?;
                Some(i64::from_le_bytes(bytes))
            }
            _ => {
                self.skip(&Field::Bytes(end))?;
                None
            }
        })
    }

    /// Something that makes no sense was read last.
    pub(super) fn broken(&self) -> BadGraph {
        BadGraph::Broken { at: self.position }
    }

    /// A number that ends before `end`.
    pub(super) fn number(&mut self, end: u64) -> Result<u64, BadGraph> {
        let start = self.position;
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            self.ahead(1, end)?;
            let mut byte = [0];
            self.exactly(&mut byte)?;
            let [byte] = byte;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(BadGraph::Broken { at: start })
    }

    /// Where something of this length ends, as long as that is inside the message that ends at `end`.
    fn ahead(&self, length: u64, end: u64) -> Result<u64, BadGraph> {
        let needed = self.position.saturating_add(length);
        if needed <= end {
            Ok(needed)
        } else if end == self.length {
            Err(BadGraph::CutOff { needed, found: end })
        } else {
            Err(self.broken())
        }
    }

    fn exactly(&mut self, bytes: &mut [u8]) -> Result<(), BadGraph> {
        let needed = self.position.saturating_add(bytes.len() as u64);
        self.source
            .read_exact(bytes)
            .map_err(|error| match error.kind() {
                // The file became shorter meanwhile.
                io::ErrorKind::UnexpectedEof => BadGraph::CutOff {
                    needed,
                    found: self.position,
                },
                _ => BadGraph::Read(error),
            })?;
        self.position = needed;
        Ok(())
    }
}
