//! The names of RocksDB's crate that limitador's disk storage mentions; there is nothing behind them, and nothing calls
//! them here. Limitador 0.14 has no code for its Redis storage unless the disk storage is compiled too.

use std::convert::Infallible;
use std::fmt;
use std::marker::PhantomData;
use std::path::Path;

pub struct MultiThreaded;

pub type DB = DBWithThreadMode<MultiThreaded>;

/// There is none.
pub struct DBWithThreadMode<T>(Infallible, PhantomData<T>);

pub type Row = (Box<[u8]>, Box<[u8]>);

pub struct Rows(Infallible);

impl Iterator for Rows {
    type Item = Result<Row, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.0 {}
    }
}

impl<T> DBWithThreadMode<T> {
    pub fn open(_: &Options, _: impl AsRef<Path>) -> Result<Self, Error> {
        Err(Error)
    }

    pub fn get(&self, _: impl AsRef<[u8]>) -> Result<Option<Vec<u8>>, Error> {
        match self.0 {}
    }

    pub fn merge(&self, _: impl AsRef<[u8]>, _: impl AsRef<[u8]>) -> Result<(), Error> {
        match self.0 {}
    }

    pub fn delete(&self, _: impl AsRef<[u8]>) -> Result<(), Error> {
        match self.0 {}
    }

    pub fn iterator(&self, _: IteratorMode) -> Rows {
        match self.0 {}
    }

    pub fn prefix_iterator(&self, _: impl AsRef<[u8]>) -> Rows {
        match self.0 {}
    }
}

pub enum IteratorMode {
    Start,
}

pub enum DBCompressionType {
    None,
    Bz2,
}

pub enum CompactionDecision {
    Keep,
    Remove,
}

#[derive(Default)]
pub struct Options;

pub type Operands<'a> = std::slice::Iter<'a, &'a [u8]>;

impl Options {
    pub fn create_if_missing(&mut self, _: bool) {}

    pub fn set_compression_type(&mut self, _: DBCompressionType) {}

    pub fn set_compaction_filter(
        &mut self,
        _: &str,
        _: impl FnMut(u32, &[u8], &[u8]) -> CompactionDecision,
    ) {
    }

    pub fn set_merge_operator_associative(
        &mut self,
        _: &str,
        _: impl Fn(&[u8], Option<&[u8]>, &MergeOperands) -> Option<Vec<u8>>,
    ) {
    }
}

pub struct MergeOperands(Infallible);

impl<'a> IntoIterator for &'a MergeOperands {
    type Item = &'a [u8];
    type IntoIter = std::iter::Empty<&'a [u8]>;

    fn into_iter(self) -> Self::IntoIter {
        match self.0 {}
    }
}

#[derive(Debug)]
pub struct Error;

#[derive(PartialEq, Eq)]
pub enum ErrorKind {
    TimedOut,
    TryAgain,
    Other,
}

impl Error {
    pub fn kind(&self) -> ErrorKind {
        ErrorKind::Other
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("no RocksDB here")
    }
}

impl std::error::Error for Error {}
