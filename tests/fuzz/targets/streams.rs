//! Any provider's stream, in each client's dialect: what is read keeps to the order, what is written holds before the
//! strict checkers.

use tollgate::dialect::Dialect;
use tollgate::dialect::neutral::{Delta, DeltaReader};
use tollgate::dialect::translate::Stream;
use tollgate::sse::{Event, Piece, Splitter};

use super::{CLIENTS, order, output, pick};

/// The first byte chooses the provider's dialect, the second how the bytes are cut. Streams of AWS are given as
/// server-sent events here, so that no checksum has to be right.
pub fn streams(data: &[u8]) {
    let [dialect, step, bytes @ ..] = data else {
        return;
    };
    let dialect = pick(Dialect::ALL, *dialect);
    let deltas = read(dialect, bytes);
    order::check(&deltas).unwrap_or_else(|why| panic!("{}: {why}: {deltas:?}", dialect.name()));
    let metered = output::metered(&deltas);
    for client in CLIENTS {
        let written = output::write(client, &metered);
        let checked = match output::is_sound(&deltas) {
            true => output::check(client, &written),
            false => output::parses(&written),
        };
        checked.unwrap_or_else(|why| {
            let text = String::from_utf8_lossy(&written);
            let pair = (dialect.name(), client.name());
            panic!("{pair:?}: {why}\n{text}\n{deltas:?}")
        });
        if !dialect.is_framed_by_aws() {
            let cut = cut(dialect, client, bytes, usize::from(*step).max(1));
            let whole = output::write(client, &deltas);
            assert!(cut == whole, "{} is cut otherwise", client.name());
        }
    }
}

fn read(dialect: Dialect, bytes: &[u8]) -> Vec<Delta> {
    let mut reader = dialect.stream_reader();
    let mut deltas = Vec::new();
    let mut splitter = Splitter::default();
    splitter.push(bytes);
    while let Some(piece) = splitter.next_piece() {
        if let Piece::Event(raw) = piece {
            event(&raw, reader.as_mut(), &mut deltas);
        }
    }
    event(&splitter.rest(), reader.as_mut(), &mut deltas);
    reader.end(&mut deltas);
    deltas
}

fn event(raw: &[u8], reader: &mut dyn DeltaReader, deltas: &mut Vec<Delta>) {
    let event = Event::read(raw);
    if let Some(data) = event.data() {
        let name = String::from_utf8_lossy(event.name);
        reader.event(&name, &String::from_utf8_lossy(&data), deltas);
    }
}

/// As the filter does it, in chunks.
fn cut(from: Dialect, to: Dialect, bytes: &[u8], step: usize) -> Vec<u8> {
    let mut stream = Stream::new(from, to, output::told());
    let mut out = Vec::new();
    for chunk in bytes.chunks(step) {
        stream.push(chunk);
        stream.write(&mut out);
    }
    stream.end();
    stream.write(&mut out);
    out
}
