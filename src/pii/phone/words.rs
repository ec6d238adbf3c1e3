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
    "appeler", "appelez", "callback", "cel", "cell", "cellno", "cellphone", "cellphones", "cellular",
    "cellulare", "celu", "celular", "celulares", "celulari", "centralino", "ceptelefonu", "chiamami",
    "chiamare", "contactnumber", "dialin", "durchwahl", "facsimile", "faks", "farsími", "fax", "faxno",
    "faxnummer", "festnetz", "fijo", "fone", "fones", "fono", "freephone", "gsm", "gsmno", "gsmnummer",
    "handset", "handy", "handynummer", "hape", "hotline", "hotlines", "hívjon", "imessage", "komórce",
    "komórka", "komórkowy", "komórkę", "lambari", "landline", "landlines", "ligar", "llama", "llamar",
    "llame", "llámame", "llámeme", "matkapuhelin", "mobiel", "mobieltje", "mobil", "mobile", "mobileno",
    "mobiles", "mobilnr", "mobilnummer", "mobilní", "mobilný", "mobiltelefon", "mobiltelefonnummer", "movil",
    "msisdn", "móvil", "móviles", "nohp", "numaram", "numarası", "pager", "phone", "phoned", "phoneno",
    "phonenumber", "phones", "ponsel", "puh", "puhelin", "puhelinnumero", "recapito", "rufnummer", "rununu",
    "rückruf", "sdt", "seluler", "simu", "smartphone", "sími", "sđt", "sốđt", "talrunis", "tel", "telef",
    "telefax", "telefon", "telefonas", "telefone", "telefones", "telefoni", "telefonicznie", "telefonino",
    "telefonn", "telefonnr", "telefonnumber", "telefonnummer", "telefonní", "telefono", "telefonos",
    "telefons", "telefonszám", "telefonu", "telefonum", "telefoon", "telefoonnummer", "telefónne",
    "telefónny", "telemovel", "telemóvel", "telephone", "telepon", "telf", "telno", "telnr", "telpon", "tels",
    "teléf", "teléfono", "teléfonos", "teléfs", "tfno", "tlf", "tlfnr", "tollfree", "tél", "téléphone",
    "viber", "voicemail", "voip", "volat", "wechat", "whatsapp", "zadzwoń", "điện", "đt", "κινητο", "κινητό",
    "τηλ", "τηλέφωνο", "τηλεφωνο", "звоните", "звонить", "моб", "мобилен", "мобильник", "мобильного",
    "мобильный", "мобільний", "номер", "позвоните", "сотовая", "сотовый", "тел", "телефон", "телефона",
    "телефонен", "телефону", "факс", "טל", "טלפון", "נייד", "פקס", "تلفن", "تليفون", "جوال", "جوّال",
    "دورنگار", "شماره", "محمول", "موبايل", "موبایل", "هاتف", "همراه", "टेलीफोन", "फ़ोन", "फोन", "मोबाइल",
    "मोबाईल", "ফোন", "মোবাইল", "ஃபோன்", "தொலைபேசி",
];

/// Words that have other meanings too, lower case, sorted. They do not speak for what is assigned
/// to a name in code (`ring: u32 = 2147483648`).
#[rustfmt::skip]
const MAYBE: &[&str] = &[
    "anruf", "anrufe", "anrufen", "appelle", "aramak", "arayın", "bel", "bellen", "call", "called", "calling",
    "cep", "chiama", "contact", "contacter", "contactez", "contacto", "contatto", "dial", "dzwonić", "dzwoń",
    "erreichbar", "erreichen", "erreichst", "fixe", "fon", "gọi", "hp", "hubungi", "joignable", "joindre",
    "kom", "kontakt", "ligue", "marcar", "marque", "mob", "ph", "portable", "pozvat", "rappeler", "reach",
    "ring", "ringa", "ruf", "sms", "soita", "telegram", "text", "trunk", "volejte",
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
    "座机",
    "热线",
    "熱線",
    "ファックス",
    "传真",
    "联系方式",
    "連絡先",
];

/// What stands before an extension, a longer word before the one that it begins with.
#[rustfmt::skip]
const EXTENSIONS: &[&str] = &[
    "extension", "Extension", "ext", "Ext", "EXT", "x", "X", "доб", "int", "Durchwahl", "Nst", "poste", "内線", "分机", "#",
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

/// Whether a word that means nothing but a telephone stands right before `start`, with a colon or the like between.
pub(super) fn told(text: &Text<'_>, start: usize) -> bool {
    let end = text.run_back(start, 4, |b| matches!(b, b' ' | b':' | b'.' | b'='));
    let word = text.run_back(end, 24, |b| b.is_ascii_alphabetic() || b >= 0x80);
    let sign = text.slice(end, start).contains([':', '.', '=']);
    sign && context::among(PHONE, &text.slice(word, end).to_lowercase())
}

/// Where a number that ends at `end` ends with its extension: `x12`, `ext. 12`, `#12`.
pub(super) fn extended(text: &Text<'_>, end: usize) -> usize {
    let space = text.run_to(end, 2, |b| matches!(b, b' ' | b','));
    let Some(word) = EXTENSIONS.iter().find(|word| text.has(space, word)) else {
        return end;
    };
    let sign = space.saturating_add(word.len());
    let digits = text.run_to(sign, 2, |b| matches!(b, b' ' | b'.' | b':'));
    let last = text.run_to(digits, 7, |b| b.is_ascii_digit());
    let number = (1..=6).contains(&last.saturating_sub(digits)) && !text.word_at(last);
    let word = word.len() > 1 || digits == sign;
    if number && word { last } else { end }
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
