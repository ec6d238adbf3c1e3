use super::*;

/// Every stream, with the (name, data) of its events.
const STREAMS: [(&str, &[(&str, &str)]); 9] = [
    ("data: a\n\ndata: b\n\n", &[("", "a"), ("", "b")]),
    ("data: a\r\n\r\ndata: b\r\n\r\n", &[("", "a"), ("", "b")]),
    ("data: a\r\rdata: b\r\r", &[("", "a"), ("", "b")]),
    ("data: a\r\n\ndata: b\n\r\n", &[("", "a"), ("", "b")]),
    ("\u{feff}data:a\n\n", &[("", "a")]),
    (": ping\n\ndata: a\n\n", &[("", ""), ("", "a")]),
    (
        "event: error\nid: 7\nretry: 3\ndata: {\"x\":\ndata: 1}\n\n",
        &[("error", "{\"x\":\n1}")],
    ),
    ("data: \u{1f600}\u{e9}\n\n", &[("", "\u{1f600}\u{e9}")]),
    ("data:  two\n\ndata\n\n", &[("", " two"), ("", "")]),
];

fn events(pieces: &[Piece]) -> Vec<(String, String)> {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Event(raw) => {
                let event = Event::read(raw);
                Some((text(event.name), text(&event.data().unwrap_or_default())))
            }
            Piece::Part(_) | Piece::Lf => None,
        })
        .collect()
}

fn split(chunks: &[&[u8]]) -> (Vec<Piece>, Vec<u8>) {
    let mut splitter = Splitter::default();
    let mut pieces = Vec::new();
    for chunk in chunks {
        splitter.push(chunk);
        pieces.extend(std::iter::from_fn(|| splitter.next_piece()));
    }
    (pieces, splitter.rest())
}

#[test]
fn every_stream_cut_at_every_byte() {
    for (stream, expected) in STREAMS {
        let bytes = stream.as_bytes();
        let expected: Vec<(String, String)> = expected
            .iter()
            .map(|(name, data)| ((*name).into(), (*data).into()))
            .collect();
        let ones: Vec<&[u8]> = bytes.chunks(1).collect();
        let mut ways = vec![ones];
        ways.extend((0..=bytes.len()).map(|cut| vec![&bytes[..cut], &bytes[cut..]]));
        for chunks in ways {
            let (pieces, rest) = split(&chunks);
            assert_eq!(events(&pieces), expected, "{stream:?} as {chunks:?}");
            let mut all: Vec<u8> = pieces
                .into_iter()
                .flat_map(|piece| match piece {
                    Piece::Event(raw) | Piece::Part(raw) => raw,
                    Piece::Lf => b"\n".to_vec(),
                })
                .collect();
            all.extend(rest);
            assert_eq!(all, bytes, "not a byte is lost");
        }
    }
}

#[test]
fn a_last_event_without_a_blank_line_is_given_out() {
    let (pieces, rest) = split(&[b"data: a\n\ndata: b"]);
    assert_eq!(pieces.len(), 1);
    assert_eq!(Event::read(&rest).data().unwrap().as_ref(), b"b");
}

#[test]
fn other_data_leaves_the_other_lines() {
    let event = Event::read(b"event: x\r\ndata: old\r\nid: 7\r\n\r\n");
    assert_eq!(
        event.with_data(b"new"),
        b"event: x\r\ndata: new\r\nid: 7\r\n\r\n"
    );
    let lines = Event::read(b"data: 1\nid: 7\ndata: 2\n\n");
    assert_eq!(lines.with_data(b"new"), b"data: new\nid: 7\n\n");
    assert_eq!(Event::read(b": ping\n\n").with_data(b"new"), b": ping\n\n");
}

#[test]
fn an_overlong_event_is_passed_on_in_parts() {
    let long = [b"data: ".as_slice(), &vec![b'x'; LONGEST_EVENT], b"\n"].concat();
    let mut splitter = Splitter::default();
    splitter.push(&long);
    let Some(Piece::Part(part)) = splitter.next_piece() else {
        panic!("held")
    };
    assert_eq!(part.len(), long.len());
    splitter.push(b"data: more\n\ndata: next\n\n");
    let pieces: Vec<Piece> = std::iter::from_fn(|| splitter.next_piece()).collect();
    assert_eq!(events(&pieces), [(String::new(), "next".into())]);
}

#[test]
fn one_endless_line_is_passed_on_too() {
    let mut splitter = Splitter::default();
    let mut passed = 0;
    for _ in 0..10 {
        splitter.push(&vec![b'x'; 1 << 20]);
        while let Some(Piece::Part(part)) = splitter.next_piece() {
            passed += part.len();
        }
    }
    assert!(passed > 4 << 20);
    assert!(splitter.rest().len() <= LONGEST_EVENT);
}
