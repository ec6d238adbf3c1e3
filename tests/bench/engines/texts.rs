//! The engines: what is done with JSON, events and plain text.

use std::hint::black_box;

use bytes::Bytes;
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput};
use tollgate::dialect::Dialect;
use tollgate::dialect::splice::Request;
use tollgate::json::{Edit, Reader, apply};
use tollgate::mask::{Form, Key, Lane, Vault};
use tollgate::pii::{Detector, Kind};
use tollgate::sse::{Event, Piece, Splitter};
use tollgate::tokens::{Counter, Encoding};

use super::kit::body::{SIZES, bodies};
use super::kit::reply::{self, reply};
use super::kit::text::{Dice, prose};

/// Bodies of every size, with the size's name.
fn sizes() -> impl Iterator<Item = (&'static str, Vec<Bytes>)> {
    SIZES
        .into_iter()
        .map(|size| (size.name, bodies(size, true, 1)))
}

/// Texts that differ, so that no cache of whole texts helps.
fn texts(bytes: usize) -> Vec<String> {
    let mut dice = Dice::new(11);
    (0..64).map(|_| prose(&mut dice, bytes)).collect()
}

/// Reading a body to its end, reading it as a request, and putting the edits in.
pub fn json(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("json");
    for (name, bodies) in sizes() {
        let bytes = bodies.iter().map(Bytes::len).sum::<usize>() / bodies.len();
        group.throughput(Throughput::Bytes(u64::try_from(bytes).unwrap()));
        let mut nth = 0;
        let mut next = || {
            nth += 1;
            &bodies[nth % bodies.len()]
        };
        group.bench_function(BenchmarkId::new("skip", name), |bench| {
            bench.iter(|| Reader::new(str::from_utf8(next()).unwrap()).skip().unwrap());
        });
        group.bench_function(BenchmarkId::new("request", name), |bench| {
            bench.iter(|| black_box(Request::read(Dialect::OpenAiChat, next()).unwrap()));
        });
        group.bench_function(BenchmarkId::new("splice", name), |bench| {
            bench.iter(|| {
                let body = next();
                let mut edits = [
                    Edit::new(1..1, *b"\"a\":1,"),
                    Edit::new(body.len() / 2..body.len() / 2 + 8, *b"other"),
                ];
                black_box(apply(body, &mut edits))
            });
        });
    }
    group.finish();
}

/// A stream's events, one to a push as they mostly come.
pub fn sse(criterion: &mut Criterion) {
    let events = events();
    let mut group = criterion.benchmark_group("sse");
    group.throughput(Throughput::Elements(u64::try_from(events.len()).unwrap()));
    group.bench_function("split", |bench| {
        bench.iter(|| {
            let mut splitter = Splitter::default();
            for event in &events {
                splitter.push(event);
                while let Some(piece) = splitter.next_piece() {
                    black_box(piece);
                }
            }
        });
    });
    group.bench_function("split and read", |bench| {
        bench.iter(|| {
            let mut splitter = Splitter::default();
            for event in &events {
                splitter.push(event);
                while let Some(Piece::Event(raw)) = splitter.next_piece() {
                    let data = Event::read(&raw).data().unwrap().into_owned();
                    let _ =
                        black_box(Dialect::OpenAiChat.read_chunk(str::from_utf8(&data).unwrap()));
                }
            }
        });
    });
    group.finish();
}

/// The events of a stream of 100 chunks, without HTTP's framing.
pub fn events() -> Vec<Vec<u8>> {
    let writes = reply(reply::Kind::Stream(100)).writes;
    let event = |write: Vec<u8>| {
        let from = memchr::memmem::find(&write, b"data: ").unwrap();
        let end = memchr::memmem::rfind(&write, b"\n\n").unwrap() + 2;
        write[from..end].to_vec()
    };
    writes.into_iter().map(event).collect()
}

/// Tokens of plain text.
pub fn counter(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("counter");
    for (name, bytes) in [("100 B", 100), ("1 KB", 1 << 10), ("100 KB", 100 << 10)] {
        let texts = texts(bytes);
        let total: usize = texts.iter().map(String::len).sum();
        group.throughput(Throughput::Bytes(
            u64::try_from(total / texts.len()).unwrap(),
        ));
        let encodings = [
            ("o200k_base", Encoding::O200kBase),
            ("cl100k_base", Encoding::Cl100kBase),
        ];
        for (own, encoding) in encodings {
            let mut nth = 0;
            let mut counter = Counter::new();
            group.bench_function(BenchmarkId::new(own, name), |bench| {
                bench.iter(|| {
                    nth += 1;
                    counter.count(encoding, black_box(&texts[nth % texts.len()]))
                });
            });
        }
    }
    group.finish();
}

/// Personal data and secrets in plain text: in ordinary text, and where everything looks like some.
pub fn detectors(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("pii");
    let detector = Detector::new(&Kind::BUILT_IN, Vec::new());
    let digits: String = (0..4096_u32)
        .map(|nth| format!("{} ", nth.wrapping_mul(2_654_435_761) % 100_000))
        .collect();
    let cases = [
        ("prose 1 KB", texts(1 << 10)),
        ("prose 100 KB", texts(100 << 10)),
        ("digits", vec![digits]),
    ];
    for (name, texts) in cases {
        let total: usize = texts.iter().map(String::len).sum();
        group.throughput(Throughput::Bytes(
            u64::try_from(total / texts.len()).unwrap(),
        ));
        let mut nth = 0;
        let mut found = Vec::new();
        group.bench_function(name, |bench| {
            bench.iter(|| {
                nth += 1;
                found.clear();
                detector.scan(black_box(&texts[nth % texts.len()]), &mut found);
                found.len()
            });
        });
    }
    group.finish();
}

/// Values put back into a running text, a word at a time.
pub fn mask(criterion: &mut Criterion) {
    let mut vault = Vault::new(Key::default());
    let names = (0..4).map(|nth| vault.placeholder("EMAIL", &format!("anna{nth}@example.org")));
    let names: Vec<String> = names.collect();
    let said = format!(" ask {} or {}, not [this] one", names[1], names[3]);
    let text = prose(&mut Dice::new(5), 2000) + &said;
    let words: Vec<&str> = text.split_inclusive(' ').collect();
    let mut group = criterion.benchmark_group("mask");
    group.throughput(Throughput::Elements(u64::try_from(words.len()).unwrap()));
    group.bench_function("restore, word by word", |bench| {
        bench.iter_batched(
            Lane::default,
            |mut lane| {
                words
                    .iter()
                    .map(|word| lane.push(word, Form::Plain, &vault).len())
                    .sum::<usize>()
            },
            BatchSize::SmallInput,
        );
    });
    group.finish();
}
