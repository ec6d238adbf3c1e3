use super::*;

/// The bytes that `protoc --encode=envoy.service.ratelimit.v3.RateLimitRequest` makes of
/// `domain: "t" descriptors { entries { key: "limit" value: "a" } limit { requests_per_unit: 300 unit: DAY } } hits_addend: 7`.
#[test]
fn a_request_is_written_as_the_service_reads_it() {
    let descriptor = Descriptor {
        entries: vec![("limit".to_owned(), "a".to_owned())],
        limit: Some((300, Unit::Day)),
    };
    let plain = Descriptor {
        limit: None,
        ..descriptor.clone()
    };
    let entry = b"\x0a\x0a\x0a\x05limit\x12\x01a".as_slice();
    let expected = [
        b"\x0a\x01t\x12\x13".as_slice(),
        entry,
        b"\x12\x05\x08\xac\x02\x10\x04",
        b"\x12\x0c",
        entry,
        b"\x18\x07",
    ];
    assert_eq!(request("t", &[&descriptor, &plain], 7), expected.concat());
}

#[test]
fn a_response_is_read() {
    let status = b"\x08\x02\x12\x04\x08\xac\x02\x10\x18\x05\x22\x02\x08\x3c";
    // current_limit { requests_per_unit: 300 }, limit_remaining: 5, duration_until_reset { seconds: 60 }
    let status = [
        &status[..2],
        b"\x12\x03\x08\xac\x02\x18\x05\x22\x02\x08\x3c",
    ]
    .concat();
    let mut bytes = b"\x08\x02\x12".to_vec();
    bytes.push(u8::try_from(status.len()).unwrap());
    bytes.extend(&status);
    bytes.extend(b"\x12\x02\x08\x01");
    bytes.extend(b"\x1a\x1a\x0a\x15X-RateLimit-Remaining\x12\x019");
    bytes.extend(b"\x1a\x21\x0a\x11x-ratelimit-limit\x12\x0c30, 30;w=604");
    let response = Response::read(&bytes).unwrap();
    let told = Status {
        over: true,
        limited: true,
        left: 5,
        most: 300,
        wait: Some(60),
    };
    let untold = Status::default();
    let expected = Response {
        over: true,
        statuses: vec![told, untold],
        left: Some(9),
        most: Some(30),
        wait: None,
    };
    assert_eq!(response, expected);
    // Cut anywhere, it is another response or none; never a panic.
    for cut in 0..bytes.len() {
        let _ = Response::read(&bytes[..cut]);
    }
    assert_eq!(Response::read(b""), Some(Response::default()));
    for broken in [
        b"\x08".as_slice(),
        b"\x12\x7f",
        b"\x00\x00",
        b"\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
    ] {
        assert_eq!(Response::read(broken), None);
    }
}
