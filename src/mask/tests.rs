use proptest::prelude::*;

use super::*;

fn vault() -> Vault {
    let mut vault = Vault::new(["see [EMAIL_1]", "and [email_3]"].into_iter());
    assert_eq!(vault.placeholder("EMAIL", "a@b.com"), "[EMAIL_2]");
    assert_eq!(vault.placeholder("EMAIL", "c@d.com"), "[EMAIL_4]");
    assert_eq!(vault.placeholder("EMAIL", "a@b.com"), "[EMAIL_2]");
    assert_eq!(vault.placeholder("NOTE", "say \"hi\"\n"), "[NOTE_1]");
    vault
}

#[test]
fn values_come_back_cut_at_every_byte() {
    let rows = [
        ("to [EMAIL_2], cc [email_4].", "to a@b.com, cc c@d.com."),
        ("[[EMAIL_2]]", "[a@b.com]"),
        ("[EMAIL_1] [EMAIL_9] [x", "[EMAIL_1] [EMAIL_9] [x"),
        ("[EMAIL_[EMAIL_2]", "[EMAIL_a@b.com"),
        ("é[EMAIL_2]é", "éa@b.comé"),
        ("[EMAIL_2", "[EMAIL_2"),
    ];
    let vault = vault();
    for (said, meant) in rows {
        let places = said.char_indices().map(|(place, _)| place);
        for cut in places.chain([said.len()]) {
            let mut lane = Lane::default();
            let mut out = lane.push(&said[..cut], Form::Plain, &vault);
            out += &lane.push(&said[cut..], Form::Plain, &vault);
            out += &lane.finish();
            assert_eq!(out, meant, "{said} cut at {cut}");
        }
    }
}

#[test]
fn inside_json_a_value_is_escaped() {
    let vault = vault();
    let whole = Lane::whole("{\"t\":\"[NOTE_1]\"}", Form::Json, &vault);
    let value: serde_json::Value = serde_json::from_str(&whole).unwrap();
    assert_eq!(value["t"], "say \"hi\"\n");
}

#[test]
fn only_a_live_prefix_is_held() {
    let vault = vault();
    let mut lane = Lane::default();
    assert_eq!(lane.push("a [EMA", Form::Plain, &vault), "a ");
    assert_eq!(lane.push("x", Form::Plain, &vault), "[EMAx");
    assert_eq!(lane.push("[", Form::Plain, &vault), "");
    assert_eq!(lane.push("1]", Form::Plain, &vault), "[1]");
}

proptest! {
    #[test]
    fn any_cut_gives_the_same(parts in prop::collection::vec("[\\[\\]EMAIL_24é ]{0,6}", 0..8)) {
        let vault = vault();
        let mut lane = Lane::default();
        let mut out = String::new();
        for part in &parts {
            out += &lane.push(part, Form::Plain, &vault);
        }
        out += &lane.finish();
        prop_assert_eq!(out, Lane::whole(&parts.concat(), Form::Plain, &vault));
    }
}
