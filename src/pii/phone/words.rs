//! The words around a number that make it a telephone number, or keep it from being one.

use super::super::context::{self, Say};
use super::super::text::Text;

/// How far before the number a word may stand, in characters.
const REACH: usize = 32;

/// How far before a number that speaks for itself a word against it may stand, in characters.
const NEAR: usize = 16;

/// Words that speak of telephones, lower case, sorted.
#[rustfmt::skip]
const PHONE: &[&str] = &[
    "appeler", "appelez", "cell", "cellphone", "cellular", "cellulare", "celular", "celulares",
    "chiamami", "chiamare", "durchwahl", "faks", "fax", "faxnummer", "festnetz", "fone", "fones",
    "fono", "gsm", "handy", "handynummer", "hotline", "komórka", "komórkowy", "landline",
    "landlines", "ligar", "llama", "llamar", "llame", "llámame", "llámeme", "matkapuhelin",
    "mobiel", "mobil", "mobile", "mobiles", "mobilnr", "mobilnummer", "mobilní", "mobiltelefon",
    "movil", "msisdn", "móvil", "móviles", "numaram", "numarası", "pager", "phone", "phoned",
    "phonenumber", "phones", "puh", "puhelin", "rufnummer", "rückruf", "sdt", "sđt", "tel",
    "telefax", "telefon", "telefone", "telefones", "telefoni", "telefonnummer", "telefono",
    "telefonos", "telefonszám", "telefonu", "telefonum", "telefoon", "telefoonnummer",
    "telemovel", "telemóvel", "telephone", "telepon", "tels", "teléfono", "teléfonos", "tlf",
    "tél", "téléphone", "viber", "voicemail", "volat", "whatsapp", "zadzwoń", "điện", "đt",
    "κινητό", "τηλ", "τηλέφωνο", "звоните", "звонить", "моб", "мобильный", "мобільний", "номер",
    "позвоните", "сотовый", "тел", "телефон", "телефона", "телефону", "факс", "טל", "טלפון",
    "נייד", "פקס", "تلفن", "تليفون", "جوال", "موبايل", "هاتف", "फ़ोन", "फोन", "मोबाइल",
];

/// Words that have other meanings too, lower case, sorted. They do not speak for what is assigned
/// to a name in code (`ring: u32 = 2147483648`).
#[rustfmt::skip]
const MAYBE: &[&str] = &[
    "anruf", "anrufe", "anrufen", "bel", "bellen", "call", "called", "calling", "cep", "chiama",
    "dial", "fixe", "fon", "hp", "kom", "ligue", "mob", "ph", "portable", "reach", "ring", "ruf",
    "sms", "telegram", "text", "trunk",
];

/// Words of scripts without spaces, found anywhere in a run of letters.
const WITHIN: &[&str] = &[
    "电话",
    "電話",
    "手机",
    "手機",
    "致电",
    "携帯",
    "전화",
    "휴대폰",
    "핸드폰",
    "연락처",
    "โทร",
];

/// Words that say the number is something else, lower case, sorted.
#[rustfmt::skip]
const OTHER: &[&str] = &[
    "account", "amount", "balance", "barcode", "batch", "case", "code", "count", "date", "epoch", "error", "iban",
    "id", "ids", "imei", "incident", "invoice", "isbn", "issue", "item", "konto", "model", "order", "passport",
    "pid", "pin", "population", "port", "price", "rechnung", "ref", "reference", "request", "serial", "sku", "ssn",
    "ticket", "time", "timestamp", "total", "tracking", "version", "year", "zip",
];

/// Whether the words before `start`, nearest first, speak of a telephone.
pub(super) fn announce(text: &Text<'_>, start: usize) -> bool {
    let assigned = is_assigned(text, start);
    context::says(text, start, REACH, |word| {
        let maybe = !assigned && context::among(MAYBE, word);
        if maybe || context::among(PHONE, word) || WITHIN.iter().any(|within| word.contains(within))
        {
            Say::Yes
        } else if context::among(OTHER, word) {
            Say::No
        } else {
            Say::Nothing
        }
    })
}

/// Whether an equals sign stands before `start`, quotes and spaces aside.
fn is_assigned(text: &Text<'_>, start: usize) -> bool {
    let sign = text.run_back(start, 4, |b| matches!(b, b' ' | b'"' | b'\''));
    text.before(sign) == b'='
}

/// Whether the nearest telling word right before `start` says that the number is something else.
pub(super) fn deny(text: &Text<'_>, start: usize) -> bool {
    context::says(text, start, NEAR, |word| {
        if context::among(OTHER, word) {
            Say::Yes
        } else if context::among(PHONE, word) || context::among(MAYBE, word) {
            Say::No
        } else {
            Say::Nothing
        }
    })
}

/// Whether a word in parentheses right after `end` speaks of a telephone: `… (mobile)`.
pub(super) fn follow(text: &Text<'_>, end: usize) -> bool {
    let open = if text.at(end) == b' ' {
        end.saturating_add(1)
    } else {
        end
    };
    if text.at(open) != b'(' {
        return false;
    }
    let start = open.saturating_add(1);
    let close = text.run_to(start, 24, |b| b.is_ascii_alphabetic() || b >= 0x80);
    context::among(PHONE, &text.slice(start, close).to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        for list in [PHONE, MAYBE, OTHER] {
            assert!(list.is_sorted());
        }
    }
}
