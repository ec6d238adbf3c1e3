//! Whose request it is, as limits tell requests apart.

use std::borrow::Cow;
use std::net::{IpAddr, Ipv6Addr};

use crate::ledger::Name;
use crate::policy::{Dimension, Limit};
use crate::stage::admit::Caller;

/// A caller, and perhaps the target that is asked: its model and its provider.
#[derive(Debug, Clone, Copy)]
pub(super) struct Whose<'a> {
    pub(super) caller: &'a Caller,
    pub(super) target: Option<(&'a str, &'a str)>,
}

/// Values are told apart by so many bytes; longer ones that begin alike share a counter.
const LONGEST: usize = 512;

impl<'a> Whose<'a> {
    /// The value of a dimension.
    pub(super) fn value(&self, of: &Dimension) -> Option<Cow<'a, str>> {
        let caller = self.caller;
        let text = match of {
            Dimension::Key => caller.key.as_deref(),
            Dimension::Team => caller.team.as_deref(),
            Dimension::User => caller.user.as_deref(),
            Dimension::Plan => caller.plan.as_deref(),
            Dimension::Tag(name) => caller.tags.get(name).map(String::as_str),
            Dimension::Model => self.target.map(|(model, _)| model),
            Dimension::Provider => self.target.map(|(_, provider)| provider),
            Dimension::Ip => return caller.ip.map(network).map(Cow::Owned),
        };
        text.map(Cow::Borrowed)
    }

    /// Whether a limit applies.
    pub(super) fn fits(&self, limit: &Limit) -> bool {
        limit.when.iter().all(|condition| {
            let value = self.value(&condition.of);
            value.is_some_and(|value| condition.fits(&value))
        })
    }

    /// The counter of a limit. Those that have no value for a dimension share one.
    pub(super) fn counter(&self, limit: &Limit) -> Name {
        let mut whose = Vec::with_capacity(32);
        for of in &limit.per {
            let value = self.value(of).unwrap_or_default();
            let value = value.as_bytes();
            let value = value.get(..LONGEST).unwrap_or(value);
            let length = u16::try_from(value.len()).unwrap_or_default();
            whose.extend_from_slice(&length.to_be_bytes());
            whose.extend_from_slice(value);
        }
        Name {
            rule: limit.rule,
            whose,
            open: limit.per.iter().any(Dimension::is_open),
        }
    }
}

/// The values in a counter's name, in the order of its limit's dimensions.
pub(super) fn values(mut whose: &[u8]) -> Vec<String> {
    let mut values = Vec::new();
    while let Some((length, rest)) = whose.split_first_chunk() {
        let length = usize::from(u16::from_be_bytes(*length));
        let Some((value, rest)) = rest.split_at_checked(length) else {
            break;
        };
        values.push(String::from_utf8_lossy(value).into_owned());
        whose = rest;
    }
    values
}

/// Who has one IPv6 address has the whole network of 64 bits (RFC 4291, section 2.5.1; RFC 6177), and counts once.
fn network(ip: IpAddr) -> String {
    match ip.to_canonical() {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => {
            let network = ip.to_bits() & (u128::MAX << 64);
            format!("{}/64", Ipv6Addr::from_bits(network))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_network() {
        for (ip, network_of) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ] {
            assert_eq!(network(ip.parse().unwrap()), network_of);
        }
    }

    #[test]
    fn values_come_back_and_do_not_run_together() {
        let limit = |per| Limit {
            per,
            ..crate::stage::limit::tests::limit("x")
        };
        let caller = |team: &str, user: Option<&str>| Caller {
            team: Some(team.to_owned()),
            user: user.map(str::to_owned),
            ..Caller::default()
        };
        let name = |caller: &Caller| {
            let limit = limit(vec![Dimension::Team, Dimension::User]);
            let whose = Whose {
                caller,
                target: None,
            };
            whose.counter(&limit).whose
        };
        let (one, other) = (
            name(&caller("ab", Some("c"))),
            name(&caller("a", Some("bc"))),
        );
        assert_ne!(one, other);
        assert_eq!(values(&one), ["ab", "c"]);
        assert_eq!(values(&name(&caller("ab", None))), ["ab", ""]);
        let long = "x".repeat(600);
        assert_eq!(values(&name(&caller(&long, Some("u"))))[1], "u");
    }
}
