//! A file of a store as a stream that goes on where a connection broke, for whoever does not want it on a disk.

use std::io;
use std::ops::ControlFlow;

use futures_util::TryStreamExt as _;

use super::{Error, Event, Listed, Listener};
use crate::artifacts::{ArtifactStore, Span};
use crate::digest::{Digest, Hasher};

/// How often reading goes on after the connection broke without a byte in between.
const FRUITLESS: u32 = 5;

/// Hands all bytes of a file to `take`, each once and in order, until it wants no more.
///
/// Tells the digest of what was handed over: that of the file, unless `take` broke off.
pub async fn read(
    file: &Listed,
    store: &dyn ArtifactStore,
    listener: &Listener,
    mut take: impl FnMut(&[u8]) -> ControlFlow<()>,
) -> Result<Digest, Error> {
    let mut hasher = Hasher::default();
    let mut fruitless = 0;
    let mut version = None;
    loop {
        let before = hasher.length();
        let reading = store.get(&file.path, Span::from(before)).await?;
        if before > 0 && reading.version != version {
            return Err(Error::Changed {
                path: file.path.clone(),
            });
        }
        version.clone_from(&reading.version);
        // A store that cannot start midway sends again what was read already.
        let mut passed_over = before.saturating_sub(reading.start);
        let mut bytes = reading.bytes;
        let broken = loop {
            match bytes.try_next().await {
                Ok(Some(mut block)) => {
                    listener(Event::Moved {
                        path: file.path.as_str(),
                        bytes: block.len() as u64,
                    });
                    let known = passed_over.min(block.len() as u64);
                    passed_over -= known;
                    let new = block.split_off(usize::try_from(known).unwrap_or(block.len()));
                    hasher.update(&new);
                    if take(&new).is_break() {
                        return Ok(hasher.finish());
                    }
                }
                Ok(None) => break None,
                Err(error) => break Some(error),
            }
        };
        match broken {
            Some(_) if file.size == Some(hasher.length()) => break,
            Some(source) => {
                fruitless = if hasher.length() > before {
                    0
                } else {
                    fruitless + 1
                };
                give_up(file, fruitless, &hasher, source)?;
                listener(Event::Again {
                    path: file.path.as_str(),
                });
            }
            None => break,
        }
    }
    match file.size {
        Some(expected) if expected != hasher.length() => Err(Error::Length {
            path: file.path.clone(),
            expected,
            found: hasher.length(),
        }),
        _ => Ok(hasher.finish()),
    }
}

fn give_up(file: &Listed, fruitless: u32, hasher: &Hasher, source: io::Error) -> Result<(), Error> {
    if fruitless <= FRUITLESS {
        return Ok(());
    }
    Err(Error::Broken {
        path: file.path.clone(),
        received: hasher.length(),
        source,
    })
}
