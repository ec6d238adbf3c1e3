//! Numbers that countries and standards publish as examples, and what resembles them.

use super::super::kind::Kind;
use super::super::tests::expect;

const ALL: &[Kind] = super::KINDS;

#[test]
fn numbers_that_stand_for_themselves() {
    expect(
        ALL,
        &[
            "«12345678Z», «12345678-Z» and «X1234567L»",
            "«12345678z» and «x1234567l»",
            "«RSSMRA85T10A562S» and «RSS MRA 85T10 A562S»",
            "«2 55 08 14 168 025 38» or «255081416802538»",
            "IT: «86095742719»",
            "«AB123456C» «AB 12 34 56 C»",
            "«756.9217.0769.85» and «7569217076985»",
            "«11010519491231002X»，",
            "«2341 2341 2346»",
            "«ABCPE1234F»",
            "«390.533.447-05»",
            "«11.444.777/0001-61»",
            "«HEGG560427MVZRRL04»",
            "«20-05536168-2»",
            "«30.686.957-4»",
            "«811218-9876» «19811218-9876» «198112189876»",
            "«131052-308T» «131052A308T»",
            "«44051401359»",
            "«8001015009087»",
            "«S1234567D»",
            "«A123456789»",
            "«112-233-445 95»",
            "«85.07.30-033.28» «85073003328»",
            "«DE136695976», «DE 136 695 976», «ATU13585627», «FR61954506077»",
            "«51 824 753 556»",
            "«CHE-107.787.577»",
            "«1EG4-TE5-MK73» or «1EG4TE5MK73»",
            "«912-70-3456»",
            "«840101-1234569»",
            "«710319/2745»",
            "«784-1988-6457898-8»",
            "«39053344705» and «11444777000161»",
        ],
        &[
            "12345678A, X1234567A, 123456789Z, 12345678a",
            "RSSMRA85T10A562T",
            "ab123456c 1234567fa 1234567f",
            "2 55 08 14 168 025 39",
            "86095742718",
            "QQ123456C GB123456A AB123456E",
            "756.9217.0769.84",
            "110105194912310021",
            "2341 2341 2347",
            "390.533.447-06",
            "39053344706 and 39053344715",
            "11.444.777/0001-62",
            "HEGG560427MVZRRL05",
            "20-05536168-3",
            "811218-9875 813218-9876",
            "131052-308U",
            "44051401358",
            "S1234567E",
            "DE136695975",
            "00000000000 11111111111",
            "3.390.533.447-05",
            "price 2341 2341 2346 0",
            "at 1712345678901 and 1712000000004",
        ],
    );
}

#[test]
fn numbers_that_a_word_announces() {
    expect(
        ALL,
        &[
            "CPF «39053344705»",
            "SIN: «046454286», SIN «046 454 286», «046-454-286»",
            "His NHS number is «943 476 5919».",
            "BSN «111222333»",
            "«046 454 286» is my SIN",
            "«046 454 286» (SIN)",
            "TFN «123 456 782»",
            "Medicare «2123 45670 1»",
            "NPI «1234567893»",
            "routing number «021000021», account number «12345678».",
            "Steuernummer «181/815/08155»",
            "ИНН «7707083893»",
            "マイナンバーは«1234 5678 9018»です",
            "T.C. Kimlik No: «10000000146»",
            "α.φ.μ ΑΦΜ: «094259216»",
            "national identity number «111222333»",
            "{\"cpf\":\"«39053344705»\"}",
            "sort code «12-34-56»",
            "Numéro fiscal «30 23 217 600 053»",
        ],
        &[
            "046454286 111222333 9434765919 7707083893",
            "order 046454286",
            "the SIN of order 046454286",
            "SIN 046454287",
            "NHS 943 476 5918",
            "routing number 021000022",
            "cousin 046454286",
            "the const 046454286",
        ],
    );
}

#[test]
fn every_row_has_a_shape_and_words_or_a_check() {
    for (nth, row) in super::rows::all().enumerate() {
        assert!(nth < super::FIRST_KIND, "{nth}");
        assert!(super::KINDS.contains(&row.kind), "{row:?}");
        assert!(!row.words.is_empty(), "{row:?}");
        for form in row.forms.split('|') {
            let len = super::Shape::new(form).len();
            assert!((6..=super::MOST).contains(&len), "{form}");
        }
    }
}

/// A number of the form, its classes filled by `dice`.
fn drawn(form: &str, dice: &mut impl FnMut(usize) -> usize) -> String {
    let signs: Vec<char> = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".chars().collect();
    let (mut number, mut rest) = (String::new(), form.chars());
    while let Some(sign) = rest.next() {
        let class: Vec<char> = match sign {
            'd' => signs[..10].to_vec(),
            'l' => signs[10..].to_vec(),
            // Mostly digits, as nearly everywhere where letters may stand too.
            'a' => [&signs[..10], &signs[..10], &signs[..10], &signs].concat(),
            '[' => rest.by_ref().take_while(|sign| *sign != ']').collect(),
            own => vec![own],
        };
        number.push(class[dice(class.len())]);
    }
    number
}

#[test]
fn every_row_finds_its_numbers_behind_its_words() {
    let mut state = 7u64;
    let mut dice = |most: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(state >> 33).unwrap() % most
    };
    let detector = crate::pii::Detector::new(ALL, Vec::new());
    let values = |number: &str| -> Vec<u8> {
        let values = number.chars().filter_map(|sign| sign.to_digit(36));
        values.map(|value| u8::try_from(value).unwrap()).collect()
    };
    for row in super::rows::all() {
        let word = row.words.split(' ').next().unwrap().trim_end_matches('*');
        for form in row.forms.split('|').map(str::trim) {
            let mut tries = std::iter::repeat_with(|| drawn(form, &mut dice)).take(400_000);
            let number = tries
                .find(|number| row.passes(&values(number)))
                .expect(form);
            let text = format!("{word}: {number}.");
            let mut found = Vec::new();
            detector.scan(&text, &mut found);
            let hit = found
                .iter()
                .any(|f| text[f.start..f.end].ends_with(&number));
            assert!(hit, "{text} {row:?} {found:?}");
        }
    }
}

#[test]
fn passports_and_driving_licences() {
    expect(
        &[Kind::Passport, Kind::DrivingLicence],
        &[
            "my passport number is «T3569075»",
            "Passport: «123456789».",
            "Reisepass «C01234565» ausgestellt am 01.01.2020.",
            "passeport n° «12AB34567»",
            "Pasaporte «AAA123456»",
            "паспорт «45 08 123456»",
            "여권번호는 «M789C1234»입니다",
            "护照号码：«E12345678»",
            "«MORGA657054SM9IJ»",
            "Licence: «FO999512018AA1AB» ok",
            "driver's license «D1234567»",
            "Führerschein-Nr. «B072RRE2I55»",
            "patente di guida «AA0123456B»",
            "My license is «13-22-123456-12»",
        ],
        &[
            "T3569075",
            "C01234565",
            "passport T35690",
            "MORGA613054SM9IJ",
            "99999657054SM9IJ",
            "MO9G9657054SM9IJ",
            "D1234567",
            "password T3569075",
            "passport expires 2026-11-20",
        ],
    );
}
