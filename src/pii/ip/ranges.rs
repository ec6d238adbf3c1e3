//! Ranges of addresses that an operator may leave out.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Which ranges are looked for, besides those that name machines on the internet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IpRanges {
    /// Private and local ones: RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291 2.5.6.
    pub private: bool,
    /// Those of documentation: RFC 5737, RFC 3849, RFC 9637.
    pub documentation: bool,
    /// Those that name no one machine: loopback, unspecified, broadcast (RFC 6890).
    pub local: bool,
}

impl Default for IpRanges {
    /// All are looked for but those that name no one machine.
    fn default() -> Self {
        IpRanges {
            private: true,
            documentation: true,
            local: false,
        }
    }
}

impl IpRanges {
    /// Whether the address, with its zone or prefix length if it has one, is looked for.
    pub(in crate::pii) fn has(self, written: &str) -> bool {
        let end = written.find(['/', '%']).unwrap_or(written.len());
        let address = written.get(..end).and_then(|address| address.parse().ok());
        let (private, documentation) = match address {
            Some(IpAddr::V4(address)) => (is_private(address), is_documentation(address)),
            Some(IpAddr::V6(address)) => of_six(address),
            None => (false, false),
        };
        (self.private || !private)
            && (self.documentation || !documentation)
            && (self.local || !address.is_some_and(is_local))
    }
}

fn is_local(address: IpAddr) -> bool {
    let broadcast = address == IpAddr::V4(Ipv4Addr::BROADCAST);
    address.is_loopback() || address.is_unspecified() || broadcast
}

fn is_private(address: Ipv4Addr) -> bool {
    let shared = matches!(address.octets(), [100, 64..=127, _, _]);
    address.is_private() || address.is_link_local() || shared
}

fn is_documentation(address: Ipv4Addr) -> bool {
    matches!(
        address.octets(),
        [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _]
    )
}

fn of_six(address: Ipv6Addr) -> (bool, bool) {
    if let Some(four) = address.to_ipv4_mapped() {
        return (is_private(four), is_documentation(four));
    }
    let private = matches!(address.segments(), [0xfc00..=0xfdff | 0xfe80..=0xfebf, ..]);
    let documentation = matches!(
        address.segments(),
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..]
    );
    (private, documentation)
}

#[cfg(test)]
mod tests {
    use super::IpRanges;
    use crate::pii::{Detector, Kind};

    #[test]
    fn ranges_can_be_left_out() {
        let text = "8.8.8.8 10.0.0.1 192.168.1.0/24 169.254.1.1 100.64.0.1 192.0.2.1 203.0.113.9 2001:db8::1 fd12::1 \
            fe80::1%eth0 2606:4700::1 ::ffff:192.0.2.33";
        let found = |text, private, documentation, local| {
            let detector = Detector::new(&[Kind::Ip], Vec::new()).with_ip(IpRanges {
                private,
                documentation,
                local,
            });
            let mut found = Vec::new();
            detector.scan(text, &mut found);
            found.len()
        };
        for (private, documentation, want) in [
            (true, true, 12),
            (false, true, 6),
            (true, false, 8),
            (false, false, 2),
        ] {
            assert_eq!(found(text, private, documentation, false), want);
            assert_eq!(found(text, private, documentation, true), want);
        }
        let text = "127.0.0.1, 0.0.0.0/0 255.255.255.255 ::1 [::1]:80 ::/0 0:0:0:0:0:0:0:1, not 255.255.255.0, x :: y, std::1";
        assert_eq!(found(text, true, true, true), 7);
        assert_eq!(found(text, true, true, false), 0);
    }
}
