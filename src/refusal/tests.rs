use super::*;

fn limited(scarce: Scarce) -> Refusal {
    Refusal::Limited(Reached {
        limit: "team.usd.1d".into(),
        scarce,
        most: 2_500_000_000_000,
        left: 1_000_000_000_000,
        asked: 1_200_000_000_000,
        wait: 60,
    })
}

#[test]
fn a_limit_says_what_is_left_and_when_there_is_more() {
    let Refusal::Limited(reached) = limited(Scarce::Money) else {
        unreachable!()
    };
    let said = reached.to_string();
    assert!(
        said.contains("2.5 USD") && said.contains("1.2 USD"),
        "{said}"
    );
    assert!(
        said.contains("'team.usd.1d'") && said.contains("60 s"),
        "{said}"
    );
    let never = Reached { most: 1, ..reached };
    assert!(never.is_too_large() && !never.to_string().contains("60 s"));
}

#[test]
fn every_code_is_listed() {
    let all = [
        Refusal::ByteOrderMark,
        Refusal::NotUtf8(1),
        Refusal::Compressed("gzip".into()),
        Refusal::Field {
            path: "stream".into(),
            what: "x".into(),
        },
        Refusal::Missing("model"),
        Refusal::UnknownModel {
            model: "m".into(),
            near: vec![],
        },
        Refusal::Chain("x".into()),
        Refusal::NoCredential("m".into()),
        Refusal::NoClientKey("p".into()),
        Refusal::NoKey,
        Refusal::InvalidKey,
        Refusal::Identity("user"),
        Refusal::KeySource,
        Refusal::KeyExpired,
        Refusal::KeyDisabled,
        Refusal::ModelNotAllowed("m".into()),
        Refusal::EndpointNotAllowed("chat_completions"),
        Refusal::BodyTooLarge(1),
        Refusal::BufferTooSmall,
        Refusal::Interrupted,
        Refusal::TooManyTokens {
            counted: 2,
            limit: 1,
        },
        Refusal::TooManyMessages {
            counted: 2,
            limit: 1,
        },
        Refusal::TooManyTools {
            counted: 2,
            limit: 1,
        },
        Refusal::OutputTooLong {
            path: "max_tokens",
            limit: 1,
        },
        Refusal::Denied(vec![]),
        Refusal::ReplyDenied("r".into()),
        Refusal::ReplyUnfit {
            path: "/a".into(),
            what: "x".into(),
        },
        Refusal::CannotCarry {
            path: "n".into(),
            what: "x".into(),
            target: "m/p".into(),
        },
        Refusal::Blocked(vec![]),
        Refusal::BlockedIds(vec![]),
        Refusal::PromptAttack("It"),
        Refusal::NoOpinion,
        limited(Scarce::Requests),
        limited(Scarce::Tokens),
        limited(Scarce::Money),
        limited(Scarce::Concurrent),
        Refusal::PriceUnknown {
            target: "m/p".into(),
            limit: "l".into(),
        },
        Refusal::LimitsBusy,
        Refusal::UnknownPath("/".into()),
        Refusal::Method {
            method: "GET".into(),
            allow: "POST",
        },
    ];
    let mut codes: Vec<&str> = all.iter().map(|refusal| refusal.answer().code).collect();
    codes.dedup();
    assert_eq!(codes, Refusal::CODES);
}
