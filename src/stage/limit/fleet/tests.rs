use std::time::Duration;

use super::*;
use crate::host::Ask;

/// A client of OpenAI's, in 1970.
const NOW: (Dialect, u64) = (Dialect::OpenAiChat, 0);

fn fleet(on_error: OnStoreError) -> Fleet {
    Fleet {
        cluster: "rls".to_owned(),
        domain: "t".to_owned(),
        timeout: Duration::from_millis(100),
        on_error,
        apart: true,
    }
}

fn share(of: u8, most: u64, own: u64, held: u64) -> Share {
    let bound = Bound { of, most };
    let limit = Limit {
        name: "l".to_owned(),
        ..crate::stage::limit::tests::limit("l")
    };
    Share {
        limit: "l".to_owned(),
        observe: false,
        bound,
        descriptor: descriptor(&limit, &bound, &[]),
        own,
        held,
        over: false,
        wait: 60,
        counted: false,
        left: None,
        most: None,
    }
}

/// The hits of a call about one counter.
fn hits(fleet: &Fleet, descriptor: &Descriptor, call: &CallOut) -> u64 {
    let Ask::Grpc { message, .. } = &call.ask else {
        panic!("{call:?}");
    };
    let mut start = rls::request(&fleet.domain, &[descriptor], 0);
    start.pop();
    let mut rest = message.strip_prefix(start.as_slice()).unwrap();
    prost::encoding::decode_varint(&mut rest).unwrap()
}

/// A service with one counter.
struct Service {
    most: u64,
    used: u64,
    /// What passes the limit is not counted (Limitador); else it is (envoyproxy/ratelimit).
    strict: bool,
    up: bool,
}

impl Service {
    fn count(&mut self, hits: u64) -> Answer {
        if !self.up {
            return Answer::Nothing;
        }
        let over = self.used + hits > self.most;
        if !over || !self.strict {
            self.used += hits;
        }
        let left = self.most.saturating_sub(self.used);
        // overall_code, and x-ratelimit-remaining as Limitador writes it.
        let mut bytes = vec![0x08, if over { 2 } else { 1 }];
        let text = left.to_string();
        let mut header = vec![0x0a, 21];
        header.extend(b"x-ratelimit-remaining");
        header.extend([0x12, u8::try_from(text.len()).unwrap()]);
        header.extend(text.as_bytes());
        bytes.extend([0x1a, u8::try_from(header.len()).unwrap()]);
        bytes.extend(header);
        Answer::Grpc(bytes)
    }
}

#[derive(Default)]
struct Process {
    outbox: Outbox,
    running: Vec<Limited>,
}

/// Any order of requests of several processes, while the service comes and goes: what the fleet uses passes the limit by
/// no more than what the others had in flight, what requests used beyond what was held, and what was reported
/// to a service that had just gone.
#[test]
fn what_is_used_beyond_a_limit_is_bounded() {
    const MOST: u64 = 20_000;
    const HELD: u64 = 100;
    const RUNNING: usize = 5;
    for seed in 0..60_u64 {
        let mut seed = crate::fnv::fnv(seed.to_le_bytes());
        let mut draw = |most: u64| {
            seed = crate::fnv::fnv(seed.to_le_bytes());
            (seed >> 20) % most
        };
        let fleet = fleet(OnStoreError::Refuse);
        let strict = draw(2) == 0;
        let mut service = Service {
            most: MOST,
            used: 0,
            strict,
            up: true,
        };
        let mut processes: [Process; 3] = Default::default();
        let (mut used, mut beyond, mut lost) = (0, 0, 0);
        for _ in 0..6000 {
            let process = &mut processes[usize::try_from(draw(3)).unwrap()];
            if draw(400) == 0 {
                service.up = !service.up;
            }
            if draw(2) == 0 && process.running.len() < RUNNING {
                let held = HELD * (1 + u64::try_from(process.running.len()).unwrap());
                let mut limited = Limited {
                    shares: vec![share(measure::TOKENS, MOST, HELD, held)],
                    ..Limited::default()
                };
                let call = ask(&fleet, &limited.shares, 0).unwrap();
                assert_eq!(ask(&fleet, &limited.shares, 1), None);
                let answer = service.count(hits(&fleet, &limited.shares[0].descriptor, &call));
                if judge(&fleet, &process.outbox, &mut limited, &[&answer], NOW).is_ok() {
                    process.running.push(limited);
                }
            } else if let Some(limited) = process.running.pop() {
                let own = draw(HELD + 20) + 1;
                used += own;
                beyond += own.saturating_sub(HELD);
                super::used(&process.outbox, &limited.shares, |_| own);
            }
            let descriptor = &share(measure::TOKENS, MOST, HELD, 0).descriptor;
            for call in process.outbox.calls(&fleet) {
                let hits = hits(&fleet, descriptor, &call);
                if service.count(hits) == Answer::Nothing {
                    lost += hits;
                }
            }
        }
        let waiting = processes
            .iter()
            .flat_map(|process| process.outbox.waiting());
        let waiting: u64 = waiting.sum();
        let others = 2 * HELD * u64::try_from(RUNNING).unwrap();
        let bound = MOST + others + beyond + lost + waiting;
        assert!(
            used <= bound,
            "{used} > {bound} (beyond {beyond}, lost {lost}, waiting {waiting})"
        );
        // And the limit is used up, or nearly so.
        let left = MOST.saturating_sub(used);
        assert!(
            !service.up || left <= 15 * HELD + waiting + lost + 6000,
            "{left} are left"
        );
    }
}

#[test]
fn the_answer_decides_and_without_one_the_configuration_does() {
    let full = Answer::Grpc(vec![0x08, 2]);
    let free = Answer::Grpc(vec![0x08, 1]);
    let broken = Answer::Grpc(vec![0x08]);
    let nothing = Answer::Nothing;
    let rows = [
        (OnStoreError::Refuse, &free, false, None),
        (
            OnStoreError::Refuse,
            &full,
            false,
            Some("rate_limit_exceeded"),
        ),
        (
            OnStoreError::Refuse,
            &nothing,
            false,
            Some("limit_store_unavailable"),
        ),
        (
            OnStoreError::Refuse,
            &broken,
            false,
            Some("limit_store_unavailable"),
        ),
        (OnStoreError::Allow, &nothing, true, None),
        (OnStoreError::Local, &nothing, false, None),
        (
            OnStoreError::Local,
            &nothing,
            true,
            Some("rate_limit_exceeded"),
        ),
    ];
    for (on_error, answer, over, code) in rows {
        let mut limited = Limited {
            shares: vec![Share {
                over,
                ..share(measure::TOKENS, 100, 10, 10)
            }],
            ..Limited::default()
        };
        let outbox = Outbox::default();
        let judged = judge(&fleet(on_error), &outbox, &mut limited, &[answer], NOW);
        assert_eq!(
            judged.err().map(|refusal| refusal.answer().code),
            code,
            "{on_error:?} {answer:?}"
        );
        limited.shares[0].observe = true;
        let judged = judge(
            &fleet(OnStoreError::Local),
            &outbox,
            &mut limited,
            &[answer],
            NOW,
        );
        assert_eq!(judged, Ok(()), "a limit that observes refuses nothing");
    }
}

#[test]
fn reports_wait_while_the_service_is_away() {
    let fleet = fleet(OnStoreError::Local);
    let outbox = Outbox::default();
    let mut limited = Limited {
        shares: vec![share(measure::TOKENS, 1_000_000, 10, 10)],
        ..Limited::default()
    };
    assert_eq!(
        judge(&fleet, &outbox, &mut limited, &[&Answer::Nothing], NOW),
        Ok(())
    );
    used(&outbox, &limited.shares, |_| 70);
    used(&outbox, &limited.shares, |_| 30);
    assert!(outbox.calls(&fleet).is_empty());
    let there = Answer::Grpc(vec![0x08, 1]);
    assert_eq!(judge(&fleet, &outbox, &mut limited, &[&there], NOW), Ok(()));
    let descriptor = &limited.shares[0].descriptor;
    let sum = |calls: &[CallOut]| -> u64 {
        calls
            .iter()
            .map(|call| hits(&fleet, descriptor, call))
            .sum()
    };
    assert_eq!(sum(&outbox.calls(&fleet)), 100);
    // One hit was counted with the question.
    used(&outbox, &limited.shares, |_| 70);
    assert_eq!(sum(&outbox.calls(&fleet)), 69);
    assert!(outbox.calls(&fleet).is_empty());
}

#[test]
fn money_is_counted_in_whole_millionths_and_more_of_it_in_thousandths() {
    let cost = measure::COST.bit();
    let small = share(cost, 50_000_000_000_000, 1, 1);
    let large = share(cost, 9_000_000_000_000_000, 1, 1);
    let entry = |share: &Share| share.descriptor.entries[1].1.clone();
    assert_eq!(
        (entry(&small), entry(&large)),
        ("usd_micro".to_owned(), "usd_milli".to_owned())
    );
    let fleet = fleet(OnStoreError::Local);
    let outbox = Outbox::default();
    used(&outbox, std::slice::from_ref(&small), |_| 1_500_001);
    let calls = outbox.calls(&fleet);
    let told: u64 = calls
        .iter()
        .map(|call| hits(&fleet, &small.descriptor, call))
        .sum();
    assert_eq!(told, 2);
}

/// `overall_code`, and a status with what is left of 300 and 20 seconds until it begins anew.
fn told(left: u8) -> Answer {
    let mut bytes = vec![
        0x08, 1, 0x12, 13, 0x08, 1, 0x12, 3, 0x08, 0xac, 0x02, 0x18, left,
    ];
    bytes.extend([0x22, 2, 0x08, 20]);
    Answer::Grpc(bytes)
}

#[test]
fn what_the_service_says_is_told() {
    let fleet = fleet(OnStoreError::Refuse);
    let tokens = share(measure::TOKENS, 500, 20, 50);
    let requests = share(measure::REQUESTS.bit(), 500, 1, 3);
    let mut limited = Limited {
        shares: vec![tokens, requests],
        ..Limited::default()
    };
    let outbox = Outbox::default();
    let answers = [told(100), told(7)];
    let answers: Vec<&Answer> = answers.iter().collect();
    assert_eq!(judge(&fleet, &outbox, &mut limited, &answers, NOW), Ok(()));
    let headers: Vec<String> = limited
        .told
        .iter()
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    // Of tokens the 50 that are in flight are taken off, but for the one that the question was.
    let expected = [
        "x-ratelimit-limit-requests: 300",
        "x-ratelimit-remaining-requests: 7",
        "x-ratelimit-reset-requests: 20s",
        "x-ratelimit-limit-tokens: 300",
        "x-ratelimit-remaining-tokens: 51",
        "x-ratelimit-reset-tokens: 20s",
    ];
    assert_eq!(headers, expected);
}
